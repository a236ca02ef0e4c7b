package io.weir.tdengine.r2dbc;

import io.weir.core.Sharing;
import io.weir.testkit.compliance.DriverComplianceSuite;
import io.weir.testkit.compliance.Fixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite that all of Weir's drivers pass, against the stand-in or the server that is named: each connection with a socket of its own. */
@ExtendWith(Shared.class)
class TdengineComplianceTest extends DriverComplianceSuite {

    static final String PAGE = "docs/compliance-tdengine.md";

    private final TestServer server;

    TdengineComplianceTest(TestServer server) {
        this.server = server;
    }

    @Override
    public Fixture fixture() {
        return new TdengineFixture(server, Sharing.OFF);
    }

    @Override
    public String page() {
        return PAGE;
    }

    @Override
    public boolean isPublished() {
        return server.isStandIn();
    }
}
