package io.weir.iotdb.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.weir.core.Sharing;
import io.weir.testkit.FrameCutter;
import io.weir.testkit.compliance.Capability;
import io.weir.testkit.compliance.Fixture;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** IoTDB's table model, for the suite. */
record IotdbFixture(ComplianceServer server, Sharing sharing) implements Fixture {

    private static final String GAPS = "weir_suite_gaps";

    private static final int GAP = 200;

    /** A moment and a count. */
    private static final int BYTES_OF_A_SCANNED_ROW = 16;

    @Override
    public String product() {
        return IotdbDriverSession.PRODUCT;
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> all =
                EnumSet.of(Capability.DUPLICATE_LABELS, Capability.SLOW_STATEMENTS, Capability.LOGIN, Capability.TLS);
        if (sharing == Sharing.AUTO) {
            all.add(Capability.SHARED_SOCKETS);
        }
        return all;
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
    public String url(String host, int port) {
        return server.url(host, port) + "&sharing=" + sharing.name().toLowerCase(Locale.ROOT);
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
    public String target(String table) {
        return table + "(time, v, t)";
    }

    @Override
    public String row(int i) {
        return i + ", " + i + ", 'row " + i + "'";
    }

    @Override
    public String insertWithPlaceholders(String table) {
        return "INSERT INTO " + table + "(v, t) VALUES (?, ?)";
    }

    /** Rows at great distances, between which the server then puts others, as many as are asked for. */
    @Override
    public Publisher<?> prepareScan(Connection connection) {
        List<String> inserts = IntStream.range(0, 5)
                .mapToObj(i -> IntStream.range(i * 1000, (i + 1) * 1000)
                        .mapToObj(row -> "(" + row * GAP + ", " + row + ")")
                        .collect(Collectors.joining(", ", "INSERT INTO " + GAPS + "(time, v) VALUES ", "")))
                .toList();
        return Flux.concat(
                TestDatabase.execute(connection, "DROP TABLE IF EXISTS " + GAPS),
                TestDatabase.execute(connection, "CREATE TABLE " + GAPS + " (v INT32 FIELD)"),
                Flux.fromIterable(inserts).concatMap(sql -> TestDatabase.execute(connection, sql)));
    }

    @Override
    public String scan(int rows) {
        return "SELECT date_bin_gapfill(1ns, time) AS w, count(v) AS n FROM " + GAPS + " WHERE time >= 0 AND time < "
                + rows + " GROUP BY 1";
    }

    @Override
    public String slow() {
        return "SELECT count(*) FROM (SELECT date_bin_gapfill(1ns, time) AS w, count(v) AS n FROM " + GAPS
                + " WHERE time >= 0 AND time < 30000000000 GROUP BY 1)";
    }

    @Override
    public Map<Class<? extends R2dbcException>, String> unprovoked() {
        return Map.of(
                R2dbcDataIntegrityViolationException.class, "IoTDB has no constraints: an equal key overwrites",
                R2dbcRollbackException.class, "IoTDB has no transactions");
    }

    /**
     * Two replies, the one that is read and the one that is fetched ahead, and a tenth for what is around the rows. A reply
     * is a whole number of blocks, and one of these is already more than the fetch size of 5000.
     */
    @Override
    public long bytesForTenRows() {
        return 2L * ComplianceServer.ROWS_OF_A_BLOCK * GAP * BYTES_OF_A_SCANNED_ROW * 11 / 10;
    }

    @Override
    public int minimalBoundaries() {
        // A query whose rows have all come is not closed, so that it has no answer more.
        return 21;
    }
}
