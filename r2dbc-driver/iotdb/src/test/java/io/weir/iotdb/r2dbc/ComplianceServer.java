package io.weir.iotdb.r2dbc;

import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import io.weir.server.iotdb.IotdbServerOptions.Precision;

/**
 * The server of the TestKit and the suite, with a database. It counts nanoseconds: rows without a time of their own get that
 * of the server's clock, and rows of equal time overwrite each other. Its blocks are small, so that even small results are
 * several replies.
 */
final class ComplianceServer implements AutoCloseable {

    /** How many rows the server puts into a block. */
    static final int ROWS_OF_A_BLOCK = 50;

    private static final String DATABASE = "compliance";

    private final IotdbServer server = IotdbServer.start(IotdbServerOptions.defaults()
            .withTimestampPrecision(Precision.NANOSECONDS)
            .withProperty("max_tsblock_line_number", Integer.toString(ROWS_OF_A_BLOCK)));

    ComplianceServer() {
        TestDatabase.run(server.url() + "?sqlDialect=table", "CREATE DATABASE " + DATABASE);
    }

    String host() {
        return server.host();
    }

    int port() {
        return server.port();
    }

    /** With the table dialect and the database, at this address. */
    String url(String host, int port) {
        return "r2dbc:iotdb://root:root@" + host + ":" + port + "/" + DATABASE + "?sqlDialect=table";
    }

    @Override
    public void close() {
        server.close();
    }
}
