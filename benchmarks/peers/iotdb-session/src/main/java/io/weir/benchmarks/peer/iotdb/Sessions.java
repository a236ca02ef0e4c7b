package io.weir.benchmarks.peer.iotdb;

import io.weir.benchmarks.worker.iotdb.Data;
import org.apache.iotdb.rpc.IoTDBConnectionException;
import org.apache.iotdb.session.Session;
import org.apache.iotdb.session.pool.SessionPool;

/**
 * How sessions and pools are made: everything that costs time and that a user can switch off is off, so no redirection and
 * no background fetch of the node list. The compression of tablets is off because the server of the benchmark cannot read
 * it.
 */
final class Sessions {

    private final String host;
    private final int port;

    Sessions(String host, int port) {
        this.host = host;
        this.port = port;
    }

    Session open() throws IoTDBConnectionException {
        Session session = new Session.Builder()
                .host(host)
                .port(port)
                .username("root")
                .password("root")
                .fetchSize(Data.FETCH_ROWS)
                .enableRedirection(false)
                .enableAutoFetch(false)
                .enableIoTDBRpcCompression(false)
                .build();
        session.open(false);
        return session;
    }

    SessionPool pool(int size) {
        return new SessionPool.Builder()
                .host(host)
                .port(port)
                .user("root")
                .password("root")
                .fetchSize(Data.FETCH_ROWS)
                .maxSize(size)
                .enableRedirection(false)
                .enableAutoFetch(false)
                .enableIoTDBRpcCompression(false)
                .build();
    }
}
