package io.weir.iotdb;

import io.weir.core.Backoff;
import io.weir.core.ClientEvents;
import io.weir.core.CommonOptions;
import io.weir.core.Credentials;
import io.weir.core.CredentialsSource;
import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.Options;
import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.core.wire.Connector;
import io.weir.core.wire.Deadline;
import io.weir.core.wire.FrameFormat;
import io.weir.core.wire.HostWatch;
import io.weir.core.wire.LaneSettings;
import io.weir.core.wire.Lanes;
import io.weir.core.wire.Room;
import io.weir.core.wire.Timers;
import io.weir.core.wire.WireSettings;
import io.weir.iotdb.protocol.Literals;
import io.weir.iotdb.protocol.ThriftFormat;
import io.weir.iotdb.session.SessionSettings;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.Redirection;
import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** From options to whatever opens sessions. */
final class Wiring {

    private final LongSupplier nanoTime;
    private final Endpoints endpoints;
    private final Backoff.Timing timing;
    private final Connector connector;
    private final SessionSettings session;
    private final String user;
    private final LaneSettings lanes;
    private final Room room;
    private final @Nullable Nodes nodes;
    private final Retries retries;
    /** Of hosts that are not among the options. */
    private final Map<Endpoint, Backoff> backoffs = new ConcurrentHashMap<>();

    private final Map<TimePrecision, Literals> literals = new EnumMap<>(TimePrecision.class);

    /** @param told where the nodes are that servers name; null leaves one alone */
    Wiring(
            Options options,
            ClientEvents events,
            @Nullable LoopResources loops,
            Function<Endpoint, @Nullable Endpoint> told) {
        this(options, events, loops, told, System::nanoTime);
    }

    /** With a clock of one's own, for tests. */
    Wiring(
            Options options,
            ClientEvents events,
            @Nullable LoopResources loops,
            Function<Endpoint, @Nullable Endpoint> told,
            LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.timing = CommonOptions.hostTiming(options);
        this.endpoints = Endpoints.of(CommonOptions.endpoints(options), options.get(IotdbOptions.HOST_CHOICE), timing);
        this.connector = new Connector(wire(options, events, loops));
        this.lanes = LaneSettings.of(options, LaneSettings.STANDARD.perWire());
        this.retries =
                new Retries(options.get(IotdbOptions.RETRY_TIMEOUT), this::backoff, nanoTime, connector.timers());
        this.room = new Room(lanes.most());
        this.nodes = options.get(IotdbOptions.REDIRECTION) == Redirection.ON
                ? new Nodes(told, this::backoff, this::lanesTo)
                : null;
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
                nodes == null ? (device, node) -> {} : nodes::learn,
                nanoTime);
        for (TimePrecision precision : TimePrecision.values()) {
            literals.put(precision, new Literals(session.dialect(), precision, session.zone()));
        }
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

    /** The clock of everything but the sockets. */
    LongSupplier nanoTime() {
        return nanoTime;
    }

    Timers timers() {
        return connector.timers();
    }

    /** @param at where writes may go instead; null: nowhere */
    WritePath writePath(Route route, @Nullable Nodes at) {
        return new WritePath(route, at, retries, session.statementTimeout(), nanoTime);
    }

    /** Those that servers name; null where they are not followed. */
    @Nullable Nodes nodes() {
        return nodes;
    }

    /** For all connections of the client. */
    Room room() {
        return room;
    }

    /** Half of the room is left to those who go the usual way, and to sessions. */
    private Lanes<WireSession> lanesTo(Endpoint node) {
        return new Lanes<>(
                "iotdb",
                "client of " + user + " at " + node,
                lanes.withShared(1),
                room.leaving(Math.max(1, lanes.most() / 2)),
                connector
                        .connect(node, wire -> WireSession.login(wire, session))
                        .doOnNext(this::watch),
                () -> backoff(node).remaining(),
                nanoTime,
                connector.timers());
    }

    private Backoff backoff(Endpoint host) {
        return endpoints.all().contains(host)
                ? endpoints.backoff(host)
                : backoffs.computeIfAbsent(
                        host,
                        other -> Endpoints.of(List.of(other), Endpoints.Choice.IN_ORDER, timing)
                                .backoff(other));
    }

    LaneSettings lanes() {
        return lanes;
    }

    /** @param limit zero: none */
    Deadline deadline(Duration limit) {
        return Deadline.in(limit, nanoTime);
    }

    Duration statementTimeout() {
        return session.statementTimeout();
    }

    Dialect dialect() {
        return session.dialect();
    }

    String hosts() {
        return endpoints.all().stream().map(Endpoint::toString).collect(Collectors.joining(","));
    }

    /** Null: none, as in the tree model. */
    @Nullable String database() {
        return session.database();
    }

    /** Values as texts for this client's statements. */
    Literals literals(TimePrecision precision) {
        return Objects.requireNonNull(literals.get(precision));
    }

    /** Opens a session with the first host that lets us. Cold. */
    Mono<WireSession> open() {
        return connector.connect(endpoints, wire -> WireSession.login(wire, session));
    }

    /** The hosts of the options. */
    Endpoints endpoints() {
        return endpoints;
    }

    /**
     * Asks hosts that have failed for a sign of life, a login and a ping. With one host there is nothing to move.
     *
     * @param back told when one is back
     */
    Disposable watch(Runnable back) {
        return endpoints.all().size() > 1
                ? new HostWatch(endpoints, this::probe, connector.timers(), back)
                : Disposables.disposed();
    }

    private Mono<Void> probe(Endpoint host) {
        return Mono.usingWhen(
                connector.connect(host, wire -> WireSession.login(wire, session)),
                probed -> probed.ping().flatMap(alive -> alive ? Mono.empty() : Mono.error(silent(host))),
                WireSession::close);
    }

    private static WeirException silent(Endpoint host) {
        return WeirException.of(ErrorKind.CONNECT, host + " takes a login and answers nothing else")
                .system("iotdb")
                .endpoint(host.toString())
                .sent(WeirException.Sent.NO)
                .build();
    }

    /** A node that loses its connections is left alone for a while; of the hosts of the options {@code connect} sees to it. */
    private void watch(WireSession opened) {
        opened.onClose()
                .subscribe(nothing -> {}, lost -> backoff(opened.endpoint()).failed(lost));
    }

    /** How long all hosts should still be left alone. */
    Duration rest() {
        return endpoints.rest();
    }

    /** User and hosts; no secret. */
    @Override
    public String toString() {
        return user + " at " + endpoints;
    }
}
