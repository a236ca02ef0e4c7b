package io.weir.r2dbc;

import io.r2dbc.spi.ConnectionFactory;
import io.weir.testkit.compliance.SpiTestKit;
import java.util.Set;

/** The SPI's TestKit over a store in memory that has everything: not one of its tests is left out. */
abstract class MemoryTestKit<T> extends SpiTestKit<T> {

    private final ConnectionFactory factory =
            new WeirConnectionFactory(new MemorySource(), ConnectionSettings.DEFAULTS);

    @Override
    public ConnectionFactory getConnectionFactory() {
        return factory;
    }

    @Override
    protected Set<String> notApplicable() {
        return Set.of();
    }

    @Override
    public String page() {
        return "r2dbc-driver/core/src/test/resources/compliance-memory.md";
    }
}
