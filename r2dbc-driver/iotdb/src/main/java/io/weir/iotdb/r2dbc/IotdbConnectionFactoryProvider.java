package io.weir.iotdb.r2dbc;

import io.r2dbc.spi.ConnectionFactory;
import io.weir.core.OptionSet;
import io.weir.core.Options;
import io.weir.iotdb.IotdbClient;
import io.weir.iotdb.IotdbOptions;
import io.weir.r2dbc.DriverOptions;
import io.weir.r2dbc.WeirConnectionFactory;
import io.weir.r2dbc.WeirConnectionFactoryProvider;

/**
 * Makes connection factories for {@code r2dbc:iotdb://user:password@host:6667/database?sqlDialect=table}; {@code r2dbcs:}
 * means TLS. {@code docs/iotdb.md} lists the options.
 */
public final class IotdbConnectionFactoryProvider extends WeirConnectionFactoryProvider {

    /** The driver's name in URLs and options. */
    public static final String DRIVER = "iotdb";

    /** The client's options and those that every driver has. */
    public static final OptionSet OPTIONS =
            IotdbOptions.ALL.toBuilder().add(DriverOptions.ALL).build();

    public IotdbConnectionFactoryProvider() {
        super(OPTIONS);
    }

    @Override
    protected ConnectionFactory factory(Options options) {
        return new WeirConnectionFactory(
                new IotdbSessionSource(IotdbClient.create(options), options.get(IotdbOptions.SHARING)),
                DriverOptions.settings(options));
    }
}
