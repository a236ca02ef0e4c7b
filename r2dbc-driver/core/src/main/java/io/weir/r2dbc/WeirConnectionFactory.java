package io.weir.r2dbc;

import static io.weir.r2dbc.Arguments.required;

import io.r2dbc.spi.Closeable;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The one connection factory of all drivers, over the sessions that a system supplies. */
public final class WeirConnectionFactory implements ConnectionFactory, Closeable, Wrapped<Object> {

    private final SessionSource source;
    private final ConnectionSettings settings;
    private final Scheduler clock;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** A factory whose limits of time are counted by Reactor's parallel scheduler. */
    public WeirConnectionFactory(SessionSource source, ConnectionSettings settings) {
        this(source, settings, Schedulers.parallel());
    }

    /**
     * A factory.
     *
     * @param source where sessions come from
     * @param settings what its connections do on their own
     * @param clock counts all limits of time; a virtual one in tests
     */
    public WeirConnectionFactory(SessionSource source, ConnectionSettings settings, Scheduler clock) {
        this.source = source;
        this.settings = settings;
        this.clock = clock;
    }

    /** Each subscription opens a connection of its own; cancelling gives up what is half made. */
    @Override
    public Mono<Connection> create() {
        return Mono.defer(() -> closed.get()
                ? Mono.error(new IllegalStateException("This connection factory is closed: " + source))
                : new OpenConnection(
                        source, session -> new WeirConnection(new ConnectionScope(session, settings, clock))));
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return source::product;
    }

    /** Gives back what the connections share; the connections themselves are closed by those who hold them. */
    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            closed.set(true);
            return source.close();
        });
    }

    @Override
    public Object unwrap() {
        return source.unwrap();
    }

    @Override
    public <E> @Nullable E unwrap(Class<E> targetClass) {
        required(targetClass, "targetClass");
        for (Object layer : new Object[] {this, source, source.unwrap()}) {
            if (targetClass.isInstance(layer)) {
                return targetClass.cast(layer);
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "connection factory for " + source;
    }
}
