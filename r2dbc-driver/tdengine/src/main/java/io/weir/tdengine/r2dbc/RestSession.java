package io.weir.tdengine.r2dbc;

import io.weir.core.ResultPart;
import io.weir.r2dbc.Command;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.SessionTraits;
import io.weir.r2dbc.Transactions;
import io.weir.tdengine.TdengineClient;
import io.weir.tdengine.type.ServerVersion;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What looks like a session where there is none: each statement is an HTTP call of its own, its values are literals. */
final class RestSession implements DriverSession {

    private static final AtomicLong IDS = new AtomicLong();

    private final TdengineClient client;
    private final String endpoint;
    private final SessionTraits traits;
    private final TextCommands commands;
    private final String id = "tdengine-rest-" + IDS.incrementAndGet();

    RestSession(TdengineClient client, ServerVersion version, String endpoint, ZoneId zone) {
        this.client = client;
        this.endpoint = endpoint;
        this.traits = TdengineDriverSession.traits(version);
        this.commands = new TextCommands(client::run, () -> zone);
    }

    @Override
    public Flux<ResultPart> run(Command command) {
        return Flux.defer(() -> commands.run(command));
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

    /** Connections are the client's. */
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
        return true;
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
    public TdengineClient unwrap() {
        return client;
    }
}
