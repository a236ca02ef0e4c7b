package io.weir.tdengine.r2dbc;

import io.weir.core.HostPort;
import io.weir.core.Options;
import io.weir.core.Sharing;
import io.weir.r2dbc.Command;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.LightSession;
import io.weir.r2dbc.SessionSource;
import io.weir.r2dbc.SharedSession;
import io.weir.tdengine.TdengineClient;
import io.weir.tdengine.TdengineOptions;
import io.weir.tdengine.TdengineProtocol;
import io.weir.tdengine.type.ServerVersion;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Sessions for connections: light ones where connections are shared, else each with a socket of its own; over REST, which
 * has none, places among the callers.
 */
final class TdengineSessionSource implements SessionSource {

    private final TdengineClient client;
    private final Options options;

    TdengineSessionSource(TdengineClient client, Options options) {
        this.client = client;
        this.options = options;
    }

    @Override
    public String product() {
        return TdengineDriverSession.PRODUCT;
    }

    @Override
    public Mono<DriverSession> open() {
        if (options.get(TdengineOptions.PROTOCOL) == TdengineProtocol.REST) {
            return client.version().map(version -> shared(version, false));
        }
        Mono<DriverSession> own = client.session().map(TdengineDriverSession::new);
        return options.get(TdengineOptions.SHARING) == Sharing.OFF
                ? own
                : client.version()
                        .map(version -> new LightSession(
                                shared(version, TdengineDriverSession.prepares(version)),
                                own,
                                TdengineSessionSource::binds));
    }

    private SharedSession shared(ServerVersion version, boolean prepares) {
        String hosts = options.get(TdengineOptions.HOST).stream()
                .map(HostPort::toString)
                .collect(Collectors.joining(","));
        Commands commands = new Commands(client, client::zone, prepares);
        return new SharedSession(
                TdengineConnectionFactoryProvider.DRIVER,
                hosts,
                TdengineDriverSession.traits(version),
                client,
                client::isOpen,
                commands::run);
    }

    private static boolean binds(Command command) {
        return command instanceof Command.Batch batch
                ? batch.statements().stream().anyMatch(StatementShape::entersDatabase)
                : StatementShape.entersDatabase(((Command.Run) command).sql().text());
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
