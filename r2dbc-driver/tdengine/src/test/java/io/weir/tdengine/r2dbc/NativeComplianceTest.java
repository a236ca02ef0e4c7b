package io.weir.tdengine.r2dbc;

import io.weir.testkit.compliance.DriverComplianceSuite;
import io.weir.testkit.compliance.Fixture;
import org.junit.jupiter.api.extension.ExtendWith;

/** The suite that all of Weir's drivers pass, over the C interface of the vendor's library, behind which is a toy engine. */
@ExtendWith(Shared.class)
class NativeComplianceTest extends DriverComplianceSuite {

    private final NativeServer server;

    NativeComplianceTest(NativeServer server) {
        this.server = server;
    }

    @Override
    public Fixture fixture() {
        return new NativeFixture(server);
    }

    @Override
    public String page() {
        return TdengineComplianceTest.PAGE;
    }

    @Override
    public String block() {
        return "suite-native";
    }
}
