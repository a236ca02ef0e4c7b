package io.weir.iotdb.r2dbc;

import io.weir.core.Sharing;
import io.weir.testkit.compliance.DriverComplianceSuite;
import io.weir.testkit.compliance.Fixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite that all of Weir's drivers pass, on the table model of a real server: connections share a few sockets, as by default. */
@ExtendWith(Shared.class)
class IotdbSharedComplianceTest extends DriverComplianceSuite {

    private final ComplianceServer server;

    IotdbSharedComplianceTest(ComplianceServer server) {
        this.server = server;
    }

    @Override
    public Fixture fixture() {
        return new IotdbFixture(server, Sharing.AUTO);
    }

    @Override
    public String page() {
        return IotdbComplianceTest.PAGE;
    }

    @Override
    public String block() {
        return "suite-shared";
    }
}
