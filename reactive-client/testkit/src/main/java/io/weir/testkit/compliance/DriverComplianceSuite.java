package io.weir.testkit.compliance;

import io.weir.testkit.Patience;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.test.StepVerifier;

/**
 * What the SPI's TestKit does not look at: discovery, closing, argument and state rules, demand, cancelling, errors and
 * broken connections. A driver inherits it and supplies a {@link Fixture}; everything is seen through {@code io.r2dbc.spi},
 * and much of it through a proxy between driver and server.
 */
@ExtendWith({Applicability.class, ComplianceReport.class})
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
public abstract class DriverComplianceSuite
        implements Reported,
                DiscoveryTests,
                FactoryTests,
                ConnectionTests,
                ClosedTests,
                RefusalTests,
                StatementTests,
                ResultTests,
                DemandTests,
                CancelTests,
                ErrorTests,
                TimeoutTests,
                LossTests {

    @Override
    public abstract Fixture fixture();

    @Override
    public String block() {
        return "suite";
    }

    @BeforeAll
    void createTables() {
        StepVerifier.setDefaultTimeout(Patience.limit());
        bench().createTables();
    }

    @AfterAll
    void dropTables() {
        StepVerifier.resetDefaultTimeout();
        bench().dropTables();
    }
}
