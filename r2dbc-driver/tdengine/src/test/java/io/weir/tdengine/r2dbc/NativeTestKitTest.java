package io.weir.tdengine.r2dbc;

import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The SPI's TestKit over the C interface of the vendor's library, behind which is a toy engine. */
@ExtendWith(Shared.class)
class NativeTestKitTest extends TdengineTestKit {

    private final NativeServer server;

    NativeTestKitTest(NativeServer server) {
        this.server = server;
    }

    @Override
    public ConnectionFactory getConnectionFactory() {
        return server.factory();
    }

    @Override
    public String block() {
        return "testkit-native";
    }
}
