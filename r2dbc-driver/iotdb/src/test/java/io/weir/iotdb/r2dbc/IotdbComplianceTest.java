package io.weir.iotdb.r2dbc;

import io.weir.testkit.compliance.DriverComplianceSuite;
import io.weir.testkit.compliance.Fixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite that all of Weir's drivers pass, on the table model of a real server. */
@ExtendWith(Shared.class)
class IotdbComplianceTest extends DriverComplianceSuite {

    static final String PAGE = "docs/compliance-iotdb.md";

    private final ComplianceServer server;

    IotdbComplianceTest(ComplianceServer server) {
        this.server = server;
    }

    @Override
    public Fixture fixture() {
        return new IotdbFixture(server);
    }

    @Override
    public String page() {
        return PAGE;
    }
}
