package io.weir.tdengine;

import io.weir.core.ClientEvents;
import io.weir.core.CommonOptions;
import io.weir.core.Endpoints;
import io.weir.core.Options;
import io.weir.core.wire.LaneSettings;
import io.weir.core.wire.SocketSettings;
import io.weir.core.wire.Timers;
import io.weir.http.websocket.WebSocketConnector;
import io.weir.http.websocket.WebSocketSettings;
import io.weir.tdengine.protocol.JsonRequest.Login;
import io.weir.tdengine.session.SessionSettings;
import io.weir.tdengine.session.WireSession;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** From options to whatever opens sessions. */
final class Wiring {

    private static final String PATH = "/ws";

    /** Nobody waits for another's answer on a WebSocket, so one carries many callers. */
    private static final int CALLS_PER_WIRE = 1024;

    private final Endpoints endpoints;
    private final WebSocketConnector connector;
    private final SessionSettings session;

    Wiring(Options options, ClientEvents events, @Nullable LoopResources loops) {
        this.endpoints = Endpoints.of(CommonOptions.endpoints(options), Endpoints.Choice.ROUND_ROBIN);
        this.connector = new WebSocketConnector(webSocket(options, events, loops));
        ZoneId zone = options.find(TdengineOptions.ZONE);
        this.session = new SessionSettings(
                login(options, zone), zone, options.get(TdengineOptions.STATEMENT_TIMEOUT), events, System::nanoTime);
    }

    private static Login login(Options options, @Nullable ZoneId zone) {
        String bearer = options.find(TdengineOptions.BEARER_TOKEN);
        return new Login(
                bearer == null ? options.get(TdengineOptions.USER) : null,
                bearer == null ? options.get(TdengineOptions.PASSWORD) : null,
                bearer,
                options.find(TdengineOptions.TOTP_CODE),
                options.find(TdengineOptions.DATABASE),
                zone == null ? null : zone.getId(),
                options.get(TdengineOptions.APPLICATION),
                options.find(TdengineOptions.USER_IP),
                "weir",
                options.get(TdengineOptions.BUSINESS_INTELLIGENCE));
    }

    private static WebSocketSettings webSocket(Options options, ClientEvents events, @Nullable LoopResources loops) {
        SocketSettings socket = SocketSettings.of("tdengine")
                .withConnectTimeout(options.get(TdengineOptions.CONNECT_TIMEOUT))
                .withReceiveBuffer(Math.toIntExact(options.get(CommonOptions.RECEIVE_BUFFER)))
                .withKeepAlive(options.get(CommonOptions.KEEP_ALIVE))
                .withTls(CommonOptions.tls(options))
                .withLoops(loops)
                .withEvents(events);
        String token = options.find(TdengineOptions.TOKEN);
        String path = token == null ? PATH : PATH + "?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return WebSocketSettings.of(socket, path)
                .withMaxMessage(Math.toIntExact(options.get(CommonOptions.MAX_FRAME_SIZE)))
                .withLiveness(
                        options.get(TdengineOptions.LIVENESS_INTERVAL), options.get(TdengineOptions.LIVENESS_LIMIT))
                .withWriteTimeout(options.get(TdengineOptions.WRITE_TIMEOUT))
                .withDeflate(options.get(TdengineOptions.COMPRESSION));
    }

    Timers timers() {
        return connector.timers();
    }

    LaneSettings lanes() {
        return LaneSettings.STANDARD.withPerWire(CALLS_PER_WIRE);
    }

    Duration statementTimeout() {
        return session.statementTimeout();
    }

    /** Opens a session with the first host that lets us. Cold. */
    Mono<WireSession> open() {
        return connector
                .connect(endpoints, wire -> WireSession.login(wire, session))
                .doOnNext(this::watch);
    }

    /** A host that loses its connections is not the first to be asked for new ones. */
    private void watch(WireSession opened) {
        opened.onClose()
                .subscribe(
                        nothing -> {},
                        lost -> endpoints.backoff(opened.endpoint()).failed(lost));
    }

    /** How long all hosts should still be left alone. */
    Duration rest() {
        return endpoints.all().stream()
                .map(host -> endpoints.backoff(host).remaining())
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** User and hosts; no secret. */
    @Override
    public String toString() {
        String user = session.login().user();
        return (user == null ? "the bearer of a token" : user) + " at " + endpoints;
    }
}
