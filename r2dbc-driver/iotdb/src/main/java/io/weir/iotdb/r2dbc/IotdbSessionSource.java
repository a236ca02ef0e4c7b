package io.weir.iotdb.r2dbc;

import io.weir.core.Sharing;
import io.weir.iotdb.IotdbClient;
import io.weir.iotdb.SessionSql;
import io.weir.iotdb.type.ServerInfo;
import io.weir.r2dbc.Command;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.LightSession;
import io.weir.r2dbc.SessionSource;
import io.weir.r2dbc.SessionTraits;
import io.weir.r2dbc.SharedSession;
import reactor.core.publisher.Mono;

/** Sessions for connections: light ones where connections are shared, else each with a socket of its own. */
final class IotdbSessionSource implements SessionSource {

    private final IotdbClient client;
    private final Sharing sharing;

    IotdbSessionSource(IotdbClient client, Sharing sharing) {
        this.client = client;
        this.sharing = sharing;
    }

    @Override
    public String product() {
        return IotdbDriverSession.PRODUCT;
    }

    @Override
    public Mono<DriverSession> open() {
        Mono<DriverSession> own = client.session().map(IotdbDriverSession::new);
        return sharing == Sharing.OFF
                ? own
                : client.server().map(server -> new LightSession(shared(server), own, IotdbSessionSource::binds));
    }

    private SharedSession shared(ServerInfo server) {
        SessionTraits traits = IotdbDriverSession.traits(server, client.dialect());
        Commands commands = new Commands(
                client, traits.syntax(), (out, place, value) -> client.appendLiteral(out, value, server.precision()));
        return new SharedSession(
                IotdbConnectionFactoryProvider.DRIVER, client.hosts(), traits, client, client::isOpen, commands::run);
    }

    private static boolean binds(Command command) {
        return command instanceof Command.Batch batch
                ? batch.statements().stream().anyMatch(sql -> SessionSql.of(sql) == SessionSql.BINDING)
                : SessionSql.of(((Command.Run) command).sql().text()) == SessionSql.BINDING;
    }

    @Override
    public Mono<Void> close() {
        return client.close();
    }

    @Override
    public Object unwrap() {
        return client;
    }

    @Override
    public String toString() {
        return client.toString();
    }
}
