package io.weir.iotdb.r2dbc;

import io.weir.core.Sharing;
import io.weir.iotdb.IotdbClient;
import io.weir.iotdb.SessionSql;
import io.weir.r2dbc.Command;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.LightSession;
import io.weir.r2dbc.SessionSource;
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
                : client.server()
                        .map(server -> new LightSession(
                                new IotdbSharedSession(client, server), own, IotdbSessionSource::binds));
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
