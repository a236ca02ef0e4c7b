package io.weir.r2dbc;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.weir.core.CommonOptions;
import io.weir.core.OptionKey;
import io.weir.core.OptionSet;
import io.weir.core.Options;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/** The provider of a store that does not exist: its factory only keeps the options that it was made of. */
public final class MarshProvider extends WeirConnectionFactoryProvider {

    enum Protocol {
        REST,
        WS
    }

    static final OptionKey<String> TOKEN = OptionKey.secret("marshToken", "What lets one in.");
    static final OptionSet SET = OptionSet.builder("marsh", "docs/marsh.md")
            .add(CommonOptions.CONNECTION)
            .add(CommonOptions.TLS)
            .add(CommonOptions.LOCK_WAIT_TIMEOUT)
            .add(CommonOptions.FETCH_SIZE)
            .add(CommonOptions.ZONE)
            .add(CommonOptions.RECEIVE_BUFFER)
            .add(OptionKey.choice("protocol", Protocol.class, "How to talk."))
            .add(TOKEN)
            .add(DriverOptions.ALL)
            .standard(CommonOptions.PORT, 4711)
            .require(CommonOptions.HOST)
            .require(CommonOptions.USER)
            .build();

    public MarshProvider() {
        super(SET);
    }

    @Override
    protected ConnectionFactory factory(Options options) {
        return new Factory(options);
    }

    record Factory(Options options) implements ConnectionFactory {

        @Override
        public Publisher<? extends Connection> create() {
            return Mono.error(new UnsupportedOperationException("a marsh has no connections"));
        }

        @Override
        public ConnectionFactoryMetadata getMetadata() {
            return () -> "Marsh";
        }
    }
}
