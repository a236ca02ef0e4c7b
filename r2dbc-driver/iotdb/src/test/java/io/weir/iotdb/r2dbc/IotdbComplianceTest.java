package io.weir.iotdb.r2dbc;

import io.weir.core.Sharing;
import io.weir.testkit.compliance.DriverComplianceSuite;
import io.weir.testkit.compliance.Fixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite that all of Weir's drivers pass, on the table model of a real server: each connection with a socket of its own. */
@ExtendWith(Shared.class)
class IotdbComplianceTest extends DriverComplianceSuite {

    static final String PAGE = "docs/compliance-iotdb.md";

    private final ComplianceServer server;

    IotdbComplianceTest(ComplianceServer server) {
        this.server = server;
    }

    @Override
    public Fixture fixture() {
        return new IotdbFixture(server, Sharing.OFF);
    }

    @Override
    public String page() {
        return PAGE;
    }
}
