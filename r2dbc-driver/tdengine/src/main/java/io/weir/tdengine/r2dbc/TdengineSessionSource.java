package io.weir.tdengine.r2dbc;

import io.weir.core.HostPort;
import io.weir.core.Options;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.SessionSource;
import io.weir.tdengine.TdengineClient;
import io.weir.tdengine.TdengineOptions;
import io.weir.tdengine.TdengineProtocol;
import io.weir.tdengine.type.ServerVersion;
import java.time.ZoneId;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Sessions for connections, each with a socket of its own; over REST, which has none, places among the callers. */
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
        return options.get(TdengineOptions.PROTOCOL) == TdengineProtocol.REST
                ? client.version().map(this::restSession)
                : client.session()
                        .map(session -> new TdengineDriverSession(
                                session, options.get(TdengineConnectionFactoryProvider.PREPARED_STATEMENT_CACHE_SIZE)));
    }

    private DriverSession restSession(ServerVersion version) {
        String hosts = options.get(TdengineOptions.HOST).stream()
                .map(HostPort::toString)
                .collect(Collectors.joining(","));
        ZoneId zone = options.find(TdengineOptions.ZONE);
        return new RestSession(client, version, hosts, zone == null ? ZoneId.systemDefault() : zone);
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
