package io.weir.testkit.compliance;

import io.weir.testkit.compliance.toy.ToyFault;

/** The suite over a driver that makes no mistakes. */
class ToyComplianceTest extends DriverComplianceSuite {

    @Override
    public Fixture fixture() {
        return new ToyFixture(ToyFault.NONE);
    }

    @Override
    public String page() {
        return "reactive-client/testkit/src/test/resources/compliance-toy.md";
    }
}
