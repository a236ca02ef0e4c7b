package io.weir.testkit.compliance;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.weir.testkit.compliance.toy.ToyFault;
import io.weir.testkit.compliance.toy.ToyServer;

/** The TestKit over the toy, which has no transactions. */
class ToyTestKitTest extends PlainTestKit {

    @Override
    public ConnectionFactory getConnectionFactory() {
        return ConnectionFactories.get(
                new ToyFixture(ToyFault.NONE).url(ToyServer.SHARED.host(), ToyServer.SHARED.port()));
    }

    @Override
    public String store() {
        return "the toy";
    }

    @Override
    public String page() {
        return "reactive-client/testkit/src/test/resources/compliance-toy.md";
    }
}
