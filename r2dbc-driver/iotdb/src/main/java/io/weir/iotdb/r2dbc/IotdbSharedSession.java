package io.weir.iotdb.r2dbc;

import io.weir.core.ResultPart;
import io.weir.iotdb.IotdbClient;
import io.weir.iotdb.type.ServerInfo;
import io.weir.r2dbc.Command;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.SessionTraits;
import io.weir.r2dbc.Transactions;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A place among those who share the client's connections. It has none itself, so that nothing happens when it is closed. */
final class IotdbSharedSession implements DriverSession {

    private static final AtomicLong IDS = new AtomicLong();

    private final IotdbClient client;
    private final SessionTraits traits;
    private final Commands commands;
    private final String id = "iotdb-shared-" + IDS.incrementAndGet();

    IotdbSharedSession(IotdbClient client, ServerInfo server) {
        this.client = client;
        this.traits = IotdbDriverSession.traits(server, client.dialect());
        this.commands = new Commands(
                client, traits.syntax(), (out, place, value) -> client.appendLiteral(out, value, server.precision()));
    }

    @Override
    public Flux<ResultPart> run(Command command) {
        return commands.run(command);
    }

    @Override
    public SessionTraits traits() {
        return traits;
    }

    @Override
    public @Nullable Transactions transactions() {
        return null;
    }

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
        return client.isOpen();
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String endpoint() {
        return client.hosts();
    }

    @Override
    public IotdbClient unwrap() {
        return client;
    }
}
