package io.weir.tdengine.r2dbc;

import io.weir.core.Sharing;
import io.weir.testkit.compliance.DriverComplianceSuite;
import io.weir.testkit.compliance.Fixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite that all of Weir's drivers pass, against the stand-in or the server that is named: connections share a few sockets, as by default. */
@ExtendWith(Shared.class)
class TdengineSharedComplianceTest extends DriverComplianceSuite {

    private final TestServer server;

    TdengineSharedComplianceTest(TestServer server) {
        this.server = server;
    }

    @Override
    public Fixture fixture() {
        return new TdengineFixture(server, Sharing.AUTO);
    }

    @Override
    public String page() {
        return TdengineComplianceTest.PAGE;
    }

    @Override
    public String block() {
        return "suite-shared";
    }

    @Override
    public boolean isPublished() {
        return server.isStandIn();
    }
}
