package io.weir.iotdb.session;

import java.time.Duration;

/**
 * One statement as it is run.
 *
 * @param fetchSize rows to ask for at a time
 * @param timeout for execution and reading together, by our clock; zero means none
 * @param serverTimeout what the server is told: by then it ends the query on its own
 */
public record StatementSpec(Question question, int fetchSize, Duration timeout, Duration serverTimeout) {

    /**
     * Unset, the server ends a query after a minute, the time in which its reader holds back included: so a stream
     * without a limit names one that it does not reach.
     */
    private static final Duration ENDLESS = Duration.ofDays(365);

    /** Our clock has to be the first to run out: the server's end of a query can look like the end of its rows. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    public static StatementSpec of(String sql, int fetchSize, Duration timeout) {
        return of(Question.of(sql), fetchSize, timeout);
    }

    public static StatementSpec of(Question question, int fetchSize, Duration timeout) {
        boolean endless = timeout.isZero() || timeout.compareTo(ENDLESS) > 0;
        return endless
                ? new StatementSpec(question, fetchSize, Duration.ZERO, ENDLESS)
                : new StatementSpec(question, fetchSize, timeout, timeout.plus(SLACK));
    }
}
