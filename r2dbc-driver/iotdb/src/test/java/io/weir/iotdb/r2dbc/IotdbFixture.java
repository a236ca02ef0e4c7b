package io.weir.iotdb.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.weir.iotdb.IotdbOptions;
import io.weir.testkit.FrameCutter;
import io.weir.testkit.compliance.Capability;
import io.weir.testkit.compliance.Fixture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** IoTDB's table model, for the suite. */
record IotdbFixture(ComplianceServer server) implements Fixture {

    private static final String ONE_ROW = "weir_suite_one";

    /** A moment and a count. */
    private static final int BYTES_OF_A_SCANNED_ROW = 16;

    @Override
    public String product() {
        return IotdbDriverSession.PRODUCT;
    }

    @Override
    public Set<Capability> capabilities() {
        return Set.of(
                Capability.DUPLICATE_LABELS, Capability.SLOW_STATEMENTS, Capability.LOGIN, Capability.TLS);
    }

    @Override
    public String host() {
        return server.host();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public ConnectionFactoryOptions options(String host, int port) {
        return ConnectionFactoryOptions.parse(url(host, port));
    }

    @Override
    public String url(String host, int port) {
        return server.url(host, port);
    }

    @Override
    public List<Option<?>> requiredOptions() {
        return List.of(ConnectionFactoryOptions.HOST);
    }

    @Override
    public FrameCutter replyFrames() {
        return FrameCutter.intLengthPrefixed();
    }

    @Override
    public List<String> createTable(String table) {
        return List.of("CREATE TABLE " + table + " (v INT32 FIELD, t STRING FIELD)");
    }

    @Override
    public String dropTable(String table) {
        return "DROP TABLE " + table;
    }

    @Override
    public String insert(String table, int first, int count) {
        return "INSERT INTO " + table + "(time, v, t) VALUES "
                + IntStream.range(first, first + count)
                        .mapToObj(i -> "(" + i + ", " + i + ", 'row " + i + "')")
                        .collect(Collectors.joining(", "));
    }

    @Override
    public String insertWithPlaceholders(String table) {
        return "INSERT INTO " + table + "(v, t) VALUES (?, ?)";
    }

    @Override
    public String select(String table) {
        return "SELECT v, t FROM " + table + " ORDER BY v";
    }

    @Override
    public String selectOne(String table) {
        return "SELECT v, t FROM " + table + " WHERE v = ?";
    }

    @Override
    public String selectUnderOneLabel(String table) {
        return "SELECT v AS twice, t AS twice FROM " + table + " ORDER BY v";
    }

    @Override
    public String badGrammar() {
        return "SELEKT v FROM nowhere";
    }

    @Override
    public Publisher<?> prepareScan(Connection connection) {
        return Flux.concat(
                TestDatabase.execute(connection, "CREATE TABLE " + ONE_ROW + " (v INT32 FIELD)"),
                TestDatabase.execute(connection, "INSERT INTO " + ONE_ROW + "(time, v) VALUES (0, 1)"));
    }

    /** Sorted by what it is not sorted by already, because then the server makes blocks of the usual size. */
    @Override
    public String scan(int rows) {
        return "SELECT w, n FROM (" + nanoseconds(rows) + ") ORDER BY n";
    }

    @Override
    public String slow() {
        return "SELECT count(*) FROM (" + nanoseconds(30_000_000_000L) + ")";
    }

    /** One row for each nanosecond, which the server makes up. */
    private static String nanoseconds(long count) {
        return "SELECT date_bin_gapfill(1ns, time) AS w, count(v) AS n FROM " + ONE_ROW
                + " WHERE time >= 0 AND time < " + count + " GROUP BY 1";
    }

    @Override
    public Map<Class<? extends R2dbcException>, String> unprovoked() {
        return Map.of(
                R2dbcDataIntegrityViolationException.class, "IoTDB has no constraints: an equal key overwrites",
                R2dbcRollbackException.class, "IoTDB has no transactions");
    }

    /**
     * Two replies, the one that is read and the one that is fetched ahead: rows to the fetch size, rounded up to whole
     * blocks, and a tenth for what is around them.
     */
    @Override
    public long bytesForTenRows() {
        int fetchSize = IotdbConnectionFactoryProvider.OPTIONS.options().set(IotdbOptions.HOST.name(), "any").build().get(IotdbOptions.FETCH_SIZE);
        return 2L * (fetchSize + ComplianceServer.ROWS_OF_A_BLOCK) * BYTES_OF_A_SCANNED_ROW * 11 / 10;
    }

    @Override
    public int minimalBoundaries() {
        return 20;
    }
}
