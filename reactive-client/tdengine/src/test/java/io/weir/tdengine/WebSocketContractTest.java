package io.weir.tdengine;

import io.weir.server.tdengine.TestedTdengine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Over the WebSocket of the stand-in, or of the server that is named. */
class WebSocketContractTest extends ConsumerContract {

    private static TestedTdengine server;

    @BeforeAll
    static void start() {
        server = TestedTdengine.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected String url(String database) {
        return server.url("tdengine", database);
    }

    @Override
    protected String urlOf(String user, String password) {
        return server.url("tdengine", user, password, server.host(), server.port(), "");
    }
}
