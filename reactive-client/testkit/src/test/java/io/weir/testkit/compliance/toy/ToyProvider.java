package io.weir.testkit.compliance.toy;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.ConnectionFactoryProvider;
import io.r2dbc.spi.Option;
import java.time.Duration;

/** Provider of the toy driver. */
public final class ToyProvider implements ConnectionFactoryProvider {

    /** Which mistake the driver makes. */
    public static final Option<String> FAULT = Option.valueOf("fault");

    @Override
    public ConnectionFactory create(ConnectionFactoryOptions options) {
        Object fault = options.getValue(FAULT);
        Object timeout = options.getValue(ConnectionFactoryOptions.CONNECT_TIMEOUT);
        return new ToyConnectionFactory(
                options.getRequiredValue(ConnectionFactoryOptions.HOST).toString(),
                Integer.parseInt(
                        options.getRequiredValue(ConnectionFactoryOptions.PORT).toString()),
                options.getRequiredValue(ConnectionFactoryOptions.USER).toString(),
                options.getRequiredValue(ConnectionFactoryOptions.PASSWORD).toString(),
                timeout == null ? Duration.ofSeconds(10) : duration(timeout.toString()),
                fault == null ? ToyFault.NONE : ToyFault.valueOf(fault.toString()));
    }

    @Override
    public boolean supports(ConnectionFactoryOptions options) {
        return getDriver().equals(options.getValue(ConnectionFactoryOptions.DRIVER));
    }

    @Override
    public String getDriver() {
        return "toy";
    }

    private static Duration duration(String text) {
        return text.startsWith("P") ? Duration.parse(text) : Duration.parse("PT" + text);
    }
}
