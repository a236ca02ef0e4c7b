package io.weir.testkit.compliance;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.R2dbcException;
import io.weir.testkit.FrameCutter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * What a system supplies to be tested by {@link DriverComplianceSuite}: where its server is, how it is reached, and its
 * dialect. Tables of the tests have a column {@code v} of whole numbers and a column {@code t} of text (and whatever else the
 * store wants); row {@code i} holds {@code i} and {@code "row i"}.
 */
public interface Fixture {

    /** The name in the factory's metadata. */
    String product();

    Set<Capability> capabilities();

    // ------------------------------------------------------------------------------------------------ the server

    String host();

    int port();

    /** Complete options for a server at this address, user and password included; no TLS, one socket per connection. */
    default ConnectionFactoryOptions options(String host, int port) {
        return ConnectionFactoryOptions.parse(url(host, port));
    }

    /** The same as a URL. */
    String url(String host, int port);

    /** Options without which no factory can be made. Default: the host. */
    default List<Option<?>> requiredOptions() {
        return List.of(ConnectionFactoryOptions.HOST);
    }

    /**
     * Why nothing can stand between driver and server, in a few words; tests that do are then not applicable. Default:
     * {@code null}, a proxy can.
     */
    default @Nullable String noProxy() {
        return null;
    }

    /** Where frames of the server's answers end. */
    FrameCutter replyFrames();

    // ------------------------------------------------------------------------------------------------ the dialect

    /** Statements that make a table of this name. */
    List<String> createTable(String table);

    default String dropTable(String table) {
        return "DROP TABLE " + table;
    }

    /** The table of an INSERT of {@linkplain #row rows}, with its columns where they must be named. Default: the name. */
    default String target(String table) {
        return table;
    }

    /** The values of row {@code i}. Default: {@code i, 'row i'}. */
    default String row(int i) {
        return i + ", 'row " + i + "'";
    }

    /** One statement that inserts the rows {@code first} to {@code first + count - 1}. */
    default String insert(String table, int first, int count) {
        return "INSERT INTO " + target(table) + " VALUES "
                + IntStream.range(first, first + count)
                        .mapToObj(i -> "(" + row(i) + ")")
                        .collect(Collectors.joining(", "));
    }

    /** A statement that inserts one row, with two placeholders: {@code v}, then {@code t}. */
    String insertWithPlaceholders(String table);

    /** All rows: {@code v} and {@code t}, ordered by {@code v}. */
    default String select(String table) {
        return "SELECT v, t FROM " + table + " ORDER BY v";
    }

    /** As {@link #select}, but only the row whose {@code v} is the one placeholder. */
    default String selectOne(String table) {
        return "SELECT v, t FROM " + table + " WHERE v = ?";
    }

    /** {@code v} and {@code t} under one label; where the store has {@link Capability#DUPLICATE_LABELS}. */
    default String selectUnderOneLabel(String table) {
        return "SELECT v AS twice, t AS twice FROM " + table + " ORDER BY v";
    }

    /** What the server cannot parse. */
    default String badGrammar() {
        return "SELEKT v FROM nowhere";
    }

    /** Prepares what {@link #scan} needs; once, before all tests. Default: nothing. */
    default Publisher<?> prepareScan(Connection connection) {
        return Mono.empty();
    }

    /** Yields at least so many rows, up to a million. */
    String scan(int rows);

    /** Keeps the server busy for at least ten seconds; where the store has {@link Capability#SLOW_STATEMENTS}. */
    default String slow() {
        throw new UnsupportedOperationException("needs " + Capability.SLOW_STATEMENTS);
    }

    /** A statement that reports so many changed rows; where the store has {@link Capability#HUGE_UPDATES}. */
    default String hugeUpdate(long rows) {
        throw new UnsupportedOperationException("needs " + Capability.HUGE_UPDATES);
    }

    // ------------------------------------------------------------------------------------------------ errors and
    // bounds

    /** Refusals of the server that the suite cannot provoke by itself: constraints, permissions, roll-backs. */
    default List<Provocation> provocations() {
        return List.of();
    }

    /** Classes of R2DBC exceptions that this store never causes, each with the reason. */
    Map<Class<? extends R2dbcException>, String> unprovoked();

    /**
     * How many bytes may come through the proxy, at most, when somebody asks for ten rows of a million and no more. The
     * written bound of the driver, and what the proxy holds ({@link Faults#SOCKET_BUFFER}).
     */
    long bytesForTenRows();

    /** How many bytes shorter the answers to one login may be than those to another, as they hold times. Default: none. */
    default int spreadOfLogins() {
        return 0;
    }

    /** How many frame boundaries there are at least to cancel at, over all conversations of the suite. */
    int minimalBoundaries();

    /**
     * A statement that the server refuses.
     *
     * @param what what is provoked, in a few words
     * @param expected the exception for it
     * @param statements run one after the other; the last one is refused
     */
    record Provocation(String what, Class<? extends R2dbcException> expected, List<String> statements) {

        public Provocation {
            statements = List.copyOf(statements);
        }
    }
}
