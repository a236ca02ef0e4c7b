package io.weir.tdengine;

import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TdengineStandIn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Over REST of the stand-in. */
class RestContractTest extends TransportContract {

    private static TdengineStandIn server;

    @BeforeAll
    static void start() {
        server = TdengineStandIn.start(TdengineServerOptions.defaults());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected String url(String user, String password, String database) {
        return "tdengine:rest://" + user + ":" + password + "@" + server.host() + ":" + server.port() + "/" + database;
    }
}
