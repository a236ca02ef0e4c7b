package io.weir.tdengine.r2dbc;

import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The SPI's TestKit against the stand-in or the server that the environment names. */
@ExtendWith(Shared.class)
class TdengineTestKitTest extends TdengineTestKit {

    private final TestServer server;

    TdengineTestKitTest(TestServer server) {
        this.server = server;
    }

    @Override
    public ConnectionFactory getConnectionFactory() {
        return server.factory();
    }

    @Override
    public boolean isPublished() {
        return server.isStandIn();
    }
}
