package io.weir.tdengine.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import io.weir.core.Sharing;
import io.weir.server.tdengine.TestedTdengine;
import io.weir.testkit.FrameCutter;
import io.weir.testkit.compliance.Capability;
import io.weir.testkit.compliance.Faults;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

/** TDengine over the WebSocket, for the suite. */
record TdengineFixture(TestServer server, Sharing sharing) implements TdengineDialect {

    private static final String SCANNED = "weir_suite_scanned";

    private static final int MILLION = 1_000_000;
    private static final int ROWS_OF_A_WRITE = 10_000;

    /** A time and a count, and what a real server's block may have at most. */
    private static final int BYTES_OF_A_SCANNED_ROW = 12;

    private static final int ROWS_OF_A_REAL_BLOCK = 4096;

    @Override
    public Set<Capability> capabilities() {
        EnumSet<Capability> capabilities = EnumSet.of(Capability.DUPLICATE_LABELS, Capability.LOGIN, Capability.TLS);
        if (server.isStandIn()) {
            capabilities.add(Capability.SLOW_STATEMENTS);
        }
        if (sharing == Sharing.AUTO) {
            capabilities.add(Capability.SHARED_SOCKETS);
        }
        return capabilities;
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
        return TestedTdengine.with(
                server.url(host, port), "sharing=" + sharing.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public FrameCutter replyFrames() {
        return FrameCutter.webSocket();
    }

    /** A million rows; the stand-in makes them up as they are read. */
    @Override
    public Publisher<?> prepareScan(Connection connection) {
        if (server.isStandIn()) {
            return Flux.empty();
        }
        return Flux.concat(
                TestServer.execute(connection, "CREATE TABLE " + SCANNED + " (ts TIMESTAMP, i INT)"),
                Flux.range(0, MILLION / ROWS_OF_A_WRITE).concatMap(part -> {
                    Statement insert = connection.createStatement("INSERT INTO " + SCANNED + " VALUES (?, ?)");
                    for (int i = part * ROWS_OF_A_WRITE; i < (part + 1) * ROWS_OF_A_WRITE; i++) {
                        (i == part * ROWS_OF_A_WRITE ? insert : insert.add())
                                .bind(0, 1_700_000_000_000_000_000L + i)
                                .bind(1, i);
                    }
                    return Flux.from(insert.execute()).concatMap(Result::getRowsUpdated);
                }));
    }

    @Override
    public String scan(int rows) {
        return server.isStandIn()
                ? "SELECT * FROM weir_gen.rows_" + rows + "_c2"
                : "SELECT ts, i FROM " + SCANNED + " LIMIT " + rows;
    }

    @Override
    public String slow() {
        return "/*weir delay=10000*/ SELECT 1";
    }

    /** The blocks that were read and fetched ahead, a tenth for what is around them, and what the proxy holds. */
    @Override
    public long bytesForTenRows() {
        int rows = server.isStandIn() ? TestServer.ROWS_OF_A_BLOCK : ROWS_OF_A_REAL_BLOCK;
        return 2L * rows * BYTES_OF_A_SCANNED_ROW * 11 / 10 + Faults.SOCKET_BUFFER;
    }

    /** Each answer says how many nanoseconds it took. */
    @Override
    public int spreadOfLogins() {
        return 12;
    }

    @Override
    public int minimalBoundaries() {
        return 20;
    }
}
