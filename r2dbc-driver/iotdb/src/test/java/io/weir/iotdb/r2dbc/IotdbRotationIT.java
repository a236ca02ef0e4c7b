package io.weir.iotdb.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.Option;
import io.weir.core.Credentials;
import io.weir.core.CredentialsSource;
import io.weir.core.InvalidOptionsException;
import io.weir.server.iotdb.SharedIotdb;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The option {@code credentials}, as users of R2DBC give it. */
class IotdbRotationIT {

    private static final Option<Object> CREDENTIALS = Option.sensitiveValueOf("credentials");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static ConnectionFactoryOptions options(Object source) {
        return ConnectionFactoryOptions.parse(
                        "r2dbc:iotdb://" + SharedIotdb.host() + ":" + SharedIotdb.port() + "?sharing=off")
                .mutate()
                .option(CREDENTIALS, source)
                .build();
    }

    @Test
    void aSupplierOrPublisherOfCredentialsIsAskedAtEachLogin() {
        AtomicInteger asked = new AtomicInteger();
        Supplier<Credentials> supplier = () -> {
            asked.incrementAndGet();
            return new Credentials("root", "root");
        };
        CredentialsSource source = () -> Mono.fromSupplier(supplier);
        List<Object> sources = List.of(supplier, Flux.defer(() -> Mono.fromSupplier(supplier)), source);
        for (Object each : sources) {
            asked.set(0);
            ConnectionFactory factory = ConnectionFactories.get(options(each));
            assertThat(asked).hasValue(0);
            connect(factory);
            connect(factory);
            assertThat(asked).hasValue(2);
        }
    }

    private static void connect(ConnectionFactory factory) {
        Flux.usingWhen(factory.create(), c -> Mono.just(c.getMetadata().getDatabaseProductName()), Connection::close)
                .blockLast(PATIENCE);
    }

    @Test
    void whatIsNoSourceOrContradictsItselfIsRefused() {
        assertThatThrownBy(() -> ConnectionFactories.get(options("root:root")))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("a Publisher or a Supplier of Credentials")
                .hasMessageNotContaining("root:root");
        ConnectionFactoryOptions both = options((Supplier<Object>) () -> new Credentials("a", "b"))
                .mutate()
                .option(ConnectionFactoryOptions.USER, "somebody")
                .build();
        assertThatThrownBy(() -> ConnectionFactories.get(both))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("both say who logs in");
    }
}
