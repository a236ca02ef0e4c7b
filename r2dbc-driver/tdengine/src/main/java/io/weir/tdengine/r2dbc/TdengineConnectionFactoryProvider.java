package io.weir.tdengine.r2dbc;

import io.r2dbc.spi.ConnectionFactory;
import io.weir.core.OptionSet;
import io.weir.core.Options;
import io.weir.r2dbc.DriverOptions;
import io.weir.r2dbc.WeirConnectionFactory;
import io.weir.r2dbc.WeirConnectionFactoryProvider;
import io.weir.tdengine.TdengineClient;
import io.weir.tdengine.TdengineOptions;

/**
 * Makes connection factories for {@code r2dbc:tdengine://user:password@h1:6041,h2:6041/database}, over the WebSocket of
 * TDengine's adapter; {@code r2dbc:tdengine:rest://} goes by HTTP calls, {@code r2dbc:tdengine:native://} by the vendor's
 * library; {@code r2dbcs:} means TLS. {@code docs/tdengine.md} lists the options.
 */
public final class TdengineConnectionFactoryProvider extends WeirConnectionFactoryProvider {

    /** The driver's name in URLs and options. */
    public static final String DRIVER = "tdengine";

    /** The client's options and those that every driver has. */
    public static final OptionSet OPTIONS =
            TdengineOptions.ALL.toBuilder().add(DriverOptions.ALL).build();

    public TdengineConnectionFactoryProvider() {
        super(OPTIONS);
    }

    @Override
    protected ConnectionFactory factory(Options options) {
        TdengineSessionSource source = new TdengineSessionSource(TdengineClient.create(options), options);
        return new WeirConnectionFactory(source, DriverOptions.settings(options));
    }
}
