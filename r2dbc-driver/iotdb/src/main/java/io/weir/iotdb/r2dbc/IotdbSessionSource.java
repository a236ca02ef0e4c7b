package io.weir.iotdb.r2dbc;

import io.weir.iotdb.IotdbClient;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.SessionSource;
import reactor.core.publisher.Mono;

/** Sessions for connections, each with a socket of its own. */
final class IotdbSessionSource implements SessionSource {

    private final IotdbClient client;

    IotdbSessionSource(IotdbClient client) {
        this.client = client;
    }

    @Override
    public String product() {
        return IotdbDriverSession.PRODUCT;
    }

    @Override
    public Mono<DriverSession> open() {
        return client.session().map(IotdbDriverSession::new);
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
