package io.weir.r2dbc;

import java.time.Duration;

/**
 * What a connection does on its own, whatever the system.
 *
 * @param statementTimeout what a statement may take until the connection is told otherwise, execution and consumption
 *     of its results together; zero means no limit. Default: zero
 * @param unreadResultTimeout how long a result with rows may be held without anybody reading it, before it is released
 *     and its command stopped. Default: 60 seconds
 * @param validationTimeout how long {@code validate(REMOTE)} waits before it says false. Default: 5 seconds
 * @param fetchSize how many rows to ask the store for at a time, unless the statement says otherwise; 0 leaves it to the
 *     session. Default: 0
 * @param logParameters whether the logger {@code io.weir.param} may show bound values. Default: false
 */
public record ConnectionSettings(
        Duration statementTimeout,
        Duration unreadResultTimeout,
        Duration validationTimeout,
        int fetchSize,
        boolean logParameters) {

    public static final ConnectionSettings DEFAULTS =
            new ConnectionSettings(Duration.ZERO, Duration.ofSeconds(60), Duration.ofSeconds(5), 0, false);

    public ConnectionSettings withStatementTimeout(Duration value) {
        return new ConnectionSettings(value, unreadResultTimeout, validationTimeout, fetchSize, logParameters);
    }

    public ConnectionSettings withUnreadResultTimeout(Duration value) {
        return new ConnectionSettings(statementTimeout, value, validationTimeout, fetchSize, logParameters);
    }

    public ConnectionSettings withValidationTimeout(Duration value) {
        return new ConnectionSettings(statementTimeout, unreadResultTimeout, value, fetchSize, logParameters);
    }

    public ConnectionSettings withFetchSize(int value) {
        return new ConnectionSettings(statementTimeout, unreadResultTimeout, validationTimeout, value, logParameters);
    }

    public ConnectionSettings withLogParameters(boolean value) {
        return new ConnectionSettings(statementTimeout, unreadResultTimeout, validationTimeout, fetchSize, value);
    }
}
