package io.weir.iotdb;

import io.weir.core.ClientEvents;
import io.weir.core.CommonOptions;
import io.weir.core.Credentials;
import io.weir.core.CredentialsSource;
import io.weir.core.Endpoints;
import io.weir.core.Options;
import io.weir.core.wire.Connector;
import io.weir.core.wire.FrameFormat;
import io.weir.core.wire.WireSettings;
import io.weir.iotdb.protocol.ThriftFormat;
import io.weir.iotdb.session.SessionSettings;
import io.weir.iotdb.session.WireSession;
import java.time.ZoneId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** From options to whatever opens sessions. */
final class Wiring {

    private final Endpoints endpoints;
    private final Connector connector;
    private final SessionSettings session;
    private final String user;

    Wiring(Options options, ClientEvents events, @Nullable LoopResources loops) {
        this.endpoints = Endpoints.of(CommonOptions.endpoints(options), Endpoints.Choice.ROUND_ROBIN);
        this.connector = new Connector(wire(options, events, loops));
        this.user = options.isSet(IotdbOptions.CREDENTIALS) ? "whoever logs in" : options.get(IotdbOptions.USER);
        this.session = new SessionSettings(
                format(options),
                credentials(options),
                options.get(IotdbOptions.SQL_DIALECT),
                options.find(IotdbOptions.DATABASE),
                Objects.requireNonNullElseGet(options.find(IotdbOptions.ZONE), ZoneId::systemDefault),
                options.get(IotdbOptions.FETCH_SIZE),
                Math.toIntExact(Objects.requireNonNullElse(
                        options.find(IotdbOptions.MAX_REQUEST_SIZE), (long) Integer.MAX_VALUE)),
                options.get(IotdbOptions.STATEMENT_TIMEOUT),
                events,
                System::nanoTime);
    }

    private static CredentialsSource credentials(Options options) {
        return Objects.requireNonNullElseGet(
                options.find(IotdbOptions.CREDENTIALS),
                () -> CredentialsSource.of(
                        new Credentials(options.get(IotdbOptions.USER), options.get(IotdbOptions.PASSWORD))));
    }

    private static ThriftFormat format(Options options) {
        return switch (options.get(IotdbOptions.THRIFT_PROTOCOL)) {
            case BINARY -> ThriftFormat.BINARY;
            case COMPACT -> ThriftFormat.COMPACT;
        };
    }

    private static WireSettings wire(Options options, ClientEvents events, @Nullable LoopResources loops) {
        return WireSettings.of("iotdb", FrameFormat.INT32_LENGTH)
                .withMaxFrame(Math.toIntExact(options.get(CommonOptions.MAX_FRAME_SIZE)))
                .withConnectTimeout(options.get(IotdbOptions.CONNECT_TIMEOUT))
                .withReceiveBuffer(Math.toIntExact(options.get(CommonOptions.RECEIVE_BUFFER)))
                .withKeepAlive(options.get(CommonOptions.KEEP_ALIVE))
                .withTls(CommonOptions.tls(options))
                .withLoops(loops)
                .withEvents(events);
    }

    /** Opens a session with the first host that lets us. Cold. */
    Mono<WireSession> open() {
        return connector.connect(endpoints, wire -> WireSession.login(wire, session));
    }

    /** User and hosts; no secret. */
    @Override
    public String toString() {
        return user + " at " + endpoints;
    }
}
