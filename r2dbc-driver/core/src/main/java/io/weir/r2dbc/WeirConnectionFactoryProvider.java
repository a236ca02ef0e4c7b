package io.weir.r2dbc;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.ConnectionFactoryProvider;
import io.weir.core.OptionKey;
import io.weir.core.OptionSet;
import io.weir.core.Options;
import org.jspecify.annotations.Nullable;

/**
 * The provider of a system's driver: says whether it is meant, and checks the options, before anything is made. A system
 * extends it, makes it public with a public constructor without arguments, and names it in a service file.
 */
public abstract class WeirConnectionFactoryProvider implements ConnectionFactoryProvider {

    private final OptionSet set;

    /**
     * Makes the options known to the SPI, so that the secrets among them are sensitive if no URL has come first.
     *
     * @param set the system's options; its name is the driver's
     */
    protected WeirConnectionFactoryProvider(OptionSet set) {
        this.set = set;
        set.keys().forEach(R2dbcOptions::option);
    }

    /** Makes the factory; contacts nobody. */
    protected abstract ConnectionFactory factory(Options options);

    /**
     * Makes a factory.
     *
     * @throws io.r2dbc.spi.NoSuchOptionException if nothing is wrong but that a required option is missing
     * @throws IllegalArgumentException naming everything that is wrong, and what was probably meant
     */
    @Override
    public final ConnectionFactory create(ConnectionFactoryOptions options) {
        return factory(R2dbcOptions.read(notNull(options), set));
    }

    /** Whether the driver is this one, and the protocol, if there is one, one of its own. Looks at nothing else. */
    @Override
    public final boolean supports(ConnectionFactoryOptions options) {
        Object driver = notNull(options).getValue(ConnectionFactoryOptions.DRIVER);
        return driver != null && driver.toString().equals(set.system()) && supportsProtocol(options);
    }

    private boolean supportsProtocol(ConnectionFactoryOptions options) {
        Object protocol = options.getValue(ConnectionFactoryOptions.PROTOCOL);
        OptionKey<?> key = set.find(ConnectionFactoryOptions.PROTOCOL.name());
        return protocol == null || protocol.toString().isEmpty() || (key != null && key.accepts(protocol));
    }

    @Override
    public final String getDriver() {
        return set.system();
    }

    private static ConnectionFactoryOptions notNull(@Nullable ConnectionFactoryOptions options) {
        if (options == null) {
            throw new IllegalArgumentException("The connection factory options must not be null");
        }
        return options;
    }
}
