package io.weir.tdengine.session;

import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.wire.OpenCursors;
import io.weir.core.wire.WireLoop;
import io.weir.http.websocket.WebSocketWire;
import io.weir.tdengine.protocol.JsonRequest;
import io.weir.tdengine.protocol.JsonRequest.ConnectionOption;
import io.weir.tdengine.protocol.QueryAnswer;
import io.weir.tdengine.protocol.SqlText;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import java.time.Duration;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** One login on one WebSocket: what the server remembers about us, and what is open there. */
public final class WireSession implements Session {

    /** For answers that take no work. */
    private static final Duration SHORT = Duration.ofSeconds(10);

    private final Rpc rpc;
    private final SessionSettings settings;
    private final ServerVersion version;
    private final WireLoop loop;
    private volatile @Nullable ZoneId zone;
    /** Whether a database was entered since the login. */
    private volatile boolean entered;
    /** Whether the server has said that it is cut off from its database. */
    private final Sinks.One<WeirException> cutOff = Sinks.one();

    private volatile boolean isCutOff;

    private final OpenCursors cursors = new OpenCursors();

    WireSession(Rpc rpc, SessionSettings settings, ServerVersion version) {
        this.rpc = rpc;
        this.settings = settings;
        this.version = version;
        this.zone = settings.zone();
        this.loop = rpc.wire().socket();
        onClose().subscribe(nothing -> {}, this::lost, () -> lost(closedHere()));
    }

    /** Logs in on a fresh wire. */
    public static Mono<WireSession> login(WebSocketWire socket, SessionSettings settings) {
        return LoginSteps.on(socket, settings);
    }

    // --- statements -----------------------------------------------------------------------------------------------

    @Override
    public StatementSpec spec(String sql) {
        return new StatementSpec(sql, settings.statementTimeout());
    }

    @Override
    public Flux<ResultPart> run(StatementSpec spec) {
        return stream(limit -> query(spec.sql(), limit), spec.timeout());
    }

    private Mono<QueryAnswer> query(String sql, Duration limit) {
        Mono<QueryAnswer> answer = rpc.query(sql, limit);
        return SqlText.isBinding(sql) ? answer.doOnNext(done -> entered = true) : answer;
    }

    Flux<ResultPart> stream(Opening opening, Duration timeout) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super ResultPart> actual) {
                new Cursor(WireSession.this, opening, timeout).subscribe(actual);
            }
        };
    }

    @Override
    public Mono<Prepared> prepare(String sql) {
        return Preparation.of(this, sql);
    }

    @Override
    public Mono<Long> insert(Schemaless lines, Duration timeout) {
        return rpc.json(
                JsonRequest.insert(
                        lines.protocol().number(),
                        lines.precision(),
                        lines.ttlDays(),
                        lines.data(),
                        lines.tableNameKey()),
                timeout,
                answer -> answer.number("affected_rows"));
    }

    // --- the session ----------------------------------------------------------------------------------------------

    @Override
    public Mono<Void> zone(ZoneId changed) {
        return rpc.command(JsonRequest.option(ConnectionOption.TIME_ZONE, changed.getId()), SHORT)
                .doOnSuccess(nothing -> zone = changed);
    }

    @Override
    public Mono<String> database() {
        return rpc.json(JsonRequest.currentDatabase(), SHORT, answer -> {
            String name = answer.text("db");
            return name.isEmpty() ? null : name;
        });
    }

    @Override
    public Mono<Void> reset() {
        return Mono.defer(() -> {
            ZoneId before = settings.zone();
            boolean sameZone = java.util.Objects.equals(zone, before);
            Mono<Void> zoneBack = sameZone
                    ? Mono.empty()
                    : rpc.command(
                                    JsonRequest.option(
                                            ConnectionOption.TIME_ZONE, before == null ? null : before.getId()),
                                    SHORT)
                            .doOnSuccess(nothing -> zone = before);
            return zoneBack.then(entered ? databaseBack() : Mono.empty());
        });
    }

    private Mono<Void> databaseBack() {
        String name = settings.login().database();
        if (name == null) {
            return Mono.error(rpc.located(WeirException.of(
                            ErrorKind.UNSUPPORTED,
                            "The session has entered a database, and TDengine has no way to leave one: close this"
                                    + " connection")
                    .build()));
        }
        return rpc.query("USE `" + name.replace("`", "``") + "`", SHORT)
                .doOnSuccess(nothing -> entered = false)
                .then();
    }

    @Override
    public Mono<Void> close() {
        return rpc.wire().close();
    }

    /** Completes when it has been closed, and fails with the reason when it was lost. */
    @Override
    public Mono<Void> onClose() {
        return rpc.wire().onClose();
    }

    /** What the adapter has said when it lost the servers behind it; nothing else. */
    Mono<WeirException> cutOff() {
        return cutOff.asMono();
    }

    @Override
    public boolean isOpen() {
        return rpc.wire().isOpen();
    }

    @Override
    public String id() {
        return rpc.wire().id();
    }

    @Override
    public Endpoint endpoint() {
        return rpc.wire().endpoint();
    }

    @Override
    public ServerVersion version() {
        return version;
    }

    @Override
    public ZoneId shownZone() {
        ZoneId told = zone;
        return told == null ? ZoneId.systemDefault() : told;
    }

    // --- as one of several ----------------------------------------------------------------------------------------

    @Override
    public int pending() {
        return rpc.wire().pending();
    }

    /** Answers come in any order: nobody waits behind another. */
    @Override
    public long headAge() {
        return 0;
    }

    /** Who reads slowly asks slowly: nobody waits behind him. */
    @Override
    public boolean isHeldBack() {
        return false;
    }

    @Override
    public boolean isFit() {
        return isOpen() && !entered && !isCutOff && java.util.Objects.equals(zone, settings.zone());
    }

    @Override
    public void whenFree(Runnable listener) {
        rpc.whenAnswered(listener);
    }

    // --- what cursors and statements need, on the wire's loop -----------------------------------------------------

    Rpc rpc() {
        return rpc;
    }

    WireLoop loop() {
        return loop;
    }

    long now() {
        return settings.nanoTime().getAsLong();
    }

    Disposable schedule(Runnable task, Duration after) {
        return rpc.wire().socket().schedule(task, after);
    }

    void rowsHandedOut(int rows) {
        settings.events().rows("tdengine", endpoint().toString(), rows);
    }

    /** Those with a result open on the server. */
    OpenCursors cursors() {
        return cursors;
    }

    /** What the server refuses because it has lost its own servers: another endpoint may do better. */
    void refused(WeirException error) {
        if (error.kind() == ErrorKind.CLOSED) {
            isCutOff = true;
            cutOff.tryEmitValue(error);
        }
    }

    private void lost(Throwable reason) {
        cursors.lost(reason instanceof WeirException known ? known : closedHere());
    }

    private WeirException closedHere() {
        return rpc.located(WeirException.of(ErrorKind.CLOSED, "The connection was closed while rows were still to come")
                .build());
    }

    @Override
    public String toString() {
        return rpc.wire().toString();
    }
}
