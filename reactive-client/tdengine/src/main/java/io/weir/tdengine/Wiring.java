package io.weir.tdengine;

import io.weir.core.ClientEvents;
import io.weir.core.CommonOptions;
import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.Options;
import io.weir.core.wire.LaneSettings;
import io.weir.core.wire.SocketSettings;
import io.weir.core.wire.Timers;
import io.weir.http.websocket.WebSocketSettings;
import io.weir.tdengine.protocol.JsonRequest.Login;
import io.weir.tdengine.session.ConsumerLink;
import io.weir.tdengine.session.ConsumerSettings;
import io.weir.tdengine.session.ConsumerSource;
import io.weir.tdengine.session.NativeProvider;
import io.weir.tdengine.session.NativeSettings;
import io.weir.tdengine.session.SessionSettings;
import io.weir.tdengine.session.SessionSource;
import io.weir.tdengine.session.WebSocketConsumers;
import io.weir.tdengine.session.WebSocketSource;
import io.weir.tdengine.type.ServerVersion;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/** From options to a way to the server. */
final class Wiring {

    private static final String PATH = "/ws";
    private static final String SUBSCRIPTIONS = "/rest/tmq";

    /** Nobody waits for another's answer, so one connection carries many callers. */
    private static final int CALLS_PER_WIRE = 1024;

    private final Options options;
    private final ClientEvents events;
    private final @Nullable LoopResources loops;
    private final LongSupplier nanoTime;
    /** One for all that this client connects: what one part of it learns of a host counts for all. */
    private final Endpoints endpoints;

    Wiring(Options options, ClientEvents events, @Nullable LoopResources loops) {
        this(options, events, loops, System::nanoTime);
    }

    /** With a clock of one's own, for tests; the sockets keep theirs. */
    Wiring(Options options, ClientEvents events, @Nullable LoopResources loops, LongSupplier nanoTime) {
        this.options = options;
        this.events = events;
        this.loops = loops;
        this.nanoTime = nanoTime;
        this.endpoints = endpoints(options);
    }

    /**
     * How a client's statements travel, and where its consumers come from.
     *
     * @param consumers makes a consumer, which is not connected yet
     */
    record Way(Route route, Function<TdengineSubscription, ConsumerLink> consumers) {}

    Way way() {
        OptionsOfProtocols.check(options);
        TdengineProtocol protocol = options.get(TdengineOptions.PROTOCOL);
        return switch (protocol) {
            case WEBSOCKET ->
                new Way(
                        sessions(new WebSocketSource(
                                endpoints, webSocket(PATH), session(), options.get(TdengineOptions.KILL_ABANDONED))),
                        consumers(new WebSocketConsumers(endpoints, webSocket(SUBSCRIPTIONS))));
            case REST ->
                new Way(new RestRoute(options, endpoints, socket()), subscription -> {
                    throw OptionsOfProtocols.onlyOverTheWebSocket("Subscriptions exist", protocol);
                });
            case NATIVE -> {
                NativeProvider.Way natively = ServiceLoader.load(
                                NativeProvider.class, NativeProvider.class.getClassLoader())
                        .findFirst()
                        .orElseThrow(OptionsOfProtocols::nativeIsMissing)
                        .way(natively());
                yield new Way(sessions(natively), consumers(natively));
            }
        };
    }

    private Function<TdengineSubscription, ConsumerLink> consumers(ConsumerSource source) {
        return subscription -> {
            if (options.isSet(TdengineOptions.TOTP_CODE) && !options.isSet(TdengineOptions.BEARER_TOKEN)) {
                throw OptionsOfProtocols.subscriptionsHaveNoSecondFactor();
            }
            ConsumerSettings settings = consumer(subscription, source.timers());
            return new ConsumerLink(source.subscribe(settings), settings);
        };
    }

    private ConsumerSettings consumer(TdengineSubscription subscription, Timers timers) {
        ZoneId zone = options.find(TdengineOptions.ZONE);
        return new ConsumerSettings(
                subscription.spec(),
                login(zone),
                subscription.pollTime(),
                subscription.commitInterval(),
                subscription.patience(),
                endpoints::rest,
                shownZone(),
                events,
                timers);
    }

    /** By which moments are read where nobody names a zone. */
    ZoneId shownZone() {
        return Objects.requireNonNullElse(options.find(TdengineOptions.ZONE), ZoneId.systemDefault());
    }

    private Route sessions(SessionSource source) {
        return new Sessions(
                source,
                options.get(TdengineOptions.STATEMENT_TIMEOUT),
                LaneSettings.of(options, CALLS_PER_WIRE),
                options.get(TdengineOptions.PREPARED_STATEMENT_CACHE_SIZE),
                nanoTime);
    }

    private static Endpoints endpoints(Options options) {
        int port = OptionsOfProtocols.port(options);
        return Endpoints.of(
                options.get(TdengineOptions.HOST).stream()
                        .map(host -> new Endpoint(host.host(), host.port() == null ? port : host.port()))
                        .toList(),
                options.get(TdengineOptions.HOST_CHOICE),
                CommonOptions.hostTiming(options));
    }

    private SessionSettings session() {
        ZoneId zone = options.find(TdengineOptions.ZONE);
        return new SessionSettings(login(zone), zone, options.get(TdengineOptions.STATEMENT_TIMEOUT), events, nanoTime);
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

    private SocketSettings socket() {
        return SocketSettings.of("tdengine")
                .withConnectTimeout(options.get(TdengineOptions.CONNECT_TIMEOUT))
                .withReceiveBuffer(Math.toIntExact(options.get(CommonOptions.RECEIVE_BUFFER)))
                .withKeepAlive(options.get(CommonOptions.KEEP_ALIVE))
                .withTls(CommonOptions.tls(options))
                .withLoops(loops)
                .withEvents(events);
    }

    private WebSocketSettings webSocket(String path) {
        String token = options.find(TdengineOptions.TOKEN);
        String query = token == null ? "" : "?token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
        return WebSocketSettings.of(socket(), path + query)
                .withMissing("Check the port. If an adapter listens there, it is older than " + ServerVersion.LEAST
                        + ", which this client needs: its older path /rest/ws knows none of the messages in which"
                        + " queries and rows travel. Upgrade server and adapter, or use REST (tdengine:rest://).")
                .withMaxMessage(Math.toIntExact(options.get(CommonOptions.MAX_FRAME_SIZE)))
                .withLiveness(
                        options.get(TdengineOptions.LIVENESS_INTERVAL), options.get(TdengineOptions.LIVENESS_LIMIT))
                .withWriteTimeout(options.get(TdengineOptions.WRITE_TIMEOUT))
                .withDeflate(options.get(TdengineOptions.COMPRESSION));
    }

    private NativeSettings natively() {
        return new NativeSettings(
                endpoints,
                session(),
                options.get(TdengineOptions.CONNECT_TIMEOUT),
                loops,
                options.find(TdengineOptions.NATIVE_LIBRARY),
                options.find(TdengineOptions.CONFIG_FOLDER),
                options.find(TdengineOptions.LOCALE),
                options.get(TdengineOptions.NATIVE_THREADS));
    }
}
