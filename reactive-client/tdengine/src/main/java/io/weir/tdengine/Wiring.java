package io.weir.tdengine;

import io.weir.core.ClientEvents;
import io.weir.core.CommonOptions;
import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.Options;
import io.weir.core.wire.SocketSettings;
import io.weir.http.websocket.WebSocketSettings;
import io.weir.tdengine.protocol.JsonRequest.Login;
import io.weir.tdengine.session.NativeProvider;
import io.weir.tdengine.session.NativeSettings;
import io.weir.tdengine.session.SessionSettings;
import io.weir.tdengine.session.SessionSource;
import io.weir.tdengine.session.WebSocketSource;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/** From options to a way to the server. */
final class Wiring {

    private static final String PATH = "/ws";

    private final Options options;
    private final ClientEvents events;
    private final @Nullable LoopResources loops;

    Wiring(Options options, ClientEvents events, @Nullable LoopResources loops) {
        this.options = options;
        this.events = events;
        this.loops = loops;
    }

    /** How statements travel. */
    Route route() {
        OptionsOfProtocols.check(options);
        return switch (options.get(TdengineOptions.PROTOCOL)) {
            case WEBSOCKET -> sessions(new WebSocketSource(endpoints(), webSocket(), session()));
            case NATIVE ->
                sessions(ServiceLoader.load(NativeProvider.class, NativeProvider.class.getClassLoader())
                        .findFirst()
                        .orElseThrow(OptionsOfProtocols::nativeIsMissing)
                        .sessions(natively()));
        };
    }

    private Route sessions(SessionSource source) {
        return new Sessions(source, options.get(TdengineOptions.STATEMENT_TIMEOUT));
    }

    private Endpoints endpoints() {
        int port = OptionsOfProtocols.port(options);
        return Endpoints.of(
                options.get(TdengineOptions.HOST).stream()
                        .map(host -> new Endpoint(host.host(), host.port() == null ? port : host.port()))
                        .toList(),
                Endpoints.Choice.ROUND_ROBIN);
    }

    private SessionSettings session() {
        ZoneId zone = options.find(TdengineOptions.ZONE);
        return new SessionSettings(
                login(zone), zone, options.get(TdengineOptions.STATEMENT_TIMEOUT), events, System::nanoTime);
    }

    private Login login(@Nullable ZoneId zone) {
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

    private WebSocketSettings webSocket() {
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

    private NativeSettings natively() {
        return new NativeSettings(
                endpoints(),
                session(),
                options.get(TdengineOptions.CONNECT_TIMEOUT),
                loops,
                options.find(TdengineOptions.NATIVE_LIBRARY),
                options.find(TdengineOptions.CONFIG_FOLDER),
                options.find(TdengineOptions.LOCALE),
                options.get(TdengineOptions.NATIVE_THREADS));
    }
}
