package io.weir.r2dbc;

import io.weir.core.Held;
import io.weir.core.ResultPart;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A place among those who share the connections of a client. It has none itself, so that nothing happens when it is closed,
 * and it outlives the loss of each of them. For stores without transactions.
 */
public final class SharedSession implements DriverSession {

    private static final AtomicLong IDS = new AtomicLong();

    private final String id;
    private final String endpoint;
    private final SessionTraits traits;
    private final Held client;
    private final BooleanSupplier open;
    private final Function<Command, Flux<ResultPart>> commands;

    /**
     * @param driver the driver's name, with which ids begin
     * @param endpoint the hosts
     * @param client what {@code unwrap} leads to
     * @param open whether the client has not been closed
     * @param commands runs a command, as {@link #run} does
     */
    public SharedSession(
            String driver,
            String endpoint,
            SessionTraits traits,
            Held client,
            BooleanSupplier open,
            Function<Command, Flux<ResultPart>> commands) {
        this.id = driver + "-shared-" + IDS.incrementAndGet();
        this.endpoint = endpoint;
        this.traits = traits;
        this.client = client;
        this.open = open;
        this.commands = commands;
    }

    @Override
    public Flux<ResultPart> run(Command command) {
        return commands.apply(command);
    }

    @Override
    public SessionTraits traits() {
        return traits;
    }

    @Override
    public @Nullable Transactions transactions() {
        return null;
    }

    /** Nothing is remembered, so that there is nothing to put back. */
    @Override
    public Mono<Void> reset() {
        return Mono.empty();
    }

    @Override
    public Mono<Boolean> ping() {
        return client.ping();
    }

    @Override
    public Mono<Void> close() {
        return Mono.empty();
    }

    @Override
    public Mono<Void> onClose() {
        return client.onClose();
    }

    @Override
    public boolean isOpen() {
        return open.getAsBoolean();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public Held unwrap() {
        return client;
    }
}
