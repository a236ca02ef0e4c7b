package io.weir.tdengine.r2dbc;

import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.SessionSource;
import io.weir.tdengine.TdengineClient;
import reactor.core.publisher.Mono;

/** Sessions for connections, each with a socket of its own. */
final class TdengineSessionSource implements SessionSource {

    private final TdengineClient client;
    private final int cachedStatements;

    TdengineSessionSource(TdengineClient client, int cachedStatements) {
        this.client = client;
        this.cachedStatements = cachedStatements;
    }

    @Override
    public String product() {
        return TdengineDriverSession.PRODUCT;
    }

    @Override
    public Mono<DriverSession> open() {
        return client.session().map(session -> new TdengineDriverSession(session, cachedStatements));
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
