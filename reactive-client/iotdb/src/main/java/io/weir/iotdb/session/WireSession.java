package io.weir.iotdb.session;

import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.wire.Deadline;
import io.weir.core.wire.FifoWire;
import io.weir.core.wire.Lane;
import io.weir.core.wire.OpenCursors;
import io.weir.iotdb.protocol.BlockLayout;
import io.weir.iotdb.protocol.CloseSession;
import io.weir.iotdb.protocol.Command;
import io.weir.iotdb.protocol.Executed;
import io.weir.iotdb.protocol.Literals;
import io.weir.iotdb.protocol.Request;
import io.weir.iotdb.protocol.SetTimeZone;
import io.weir.iotdb.protocol.TestConnection;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.ServerInfo;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A logged-in connection: what the server remembers about us, and the statements that are under way. Any number of them
 * may be; the server answers in the order in which they were sent.
 */
public final class WireSession implements Lane {

    /** How long a server may take for what costs it nothing. */
    private static final Duration SHORT = Duration.ofSeconds(10);
    /** How long a server may take to log out before its connection is just closed. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final Rpc rpc;
    private final SessionSettings settings;
    private final ServerInfo server;
    private final long sessionId;
    private final StatementIds ids;
    private final String place;
    private final Writes writes;
    private final OpenCursors cursors = new OpenCursors();

    private volatile Literals literals;
    private volatile @Nullable String database;

    WireSession(Rpc rpc, SessionSettings settings, ServerInfo server, long sessionId, long statementId) {
        this.rpc = rpc;
        this.settings = settings;
        this.server = server;
        this.sessionId = sessionId;
        this.ids = new StatementIds(rpc, sessionId, statementId);
        this.writes = new Writes(rpc, sessionId, settings.redirects());
        this.place = rpc.wire().endpoint().toString();
        this.literals = new Literals(settings.dialect(), server.precision(), settings.zone());
        this.database = settings.database();
        rpc.wire().onClose().subscribe(nothing -> {}, this::lost, () -> lost(closedHere()));
    }

    /** Logs in on a fresh wire. */
    public static Mono<WireSession> login(FifoWire wire, SessionSettings settings) {
        return Login.on(wire, settings);
    }

    // --- statements -----------------------------------------------------------------------------------------------

    /**
     * Runs a statement of any kind, once for each subscriber and at his first demand. Pages, then {@code End}; what the
     * server refuses is a {@code Failure} before {@code End}. Errors are: the connection is lost, the statement's time is
     * over, the server does not speak the protocol.
     */
    public Flux<ResultPart> run(StatementSpec spec) {
        return new StatementFlux(this, spec);
    }

    /**
     * Runs statements in order, some of them sent ahead of the one whose results are being read. All are run, also those
     * behind one that the server refuses.
     *
     * @param sentAhead how many may be on their way beyond the one that is read
     */
    public Flux<ResultPart> run(List<StatementSpec> specs, int sentAhead) {
        return Pipeline.run(this, specs, sentAhead);
    }

    /** The settings of a statement that leaves them to the session. */
    public StatementSpec spec(String sql) {
        return spec(Question.of(sql), CallLimits.OPEN);
    }

    /** A question with what its caller sets; what he leaves open is the session's. */
    public StatementSpec spec(Question question, CallLimits limits) {
        return StatementSpec.of(
                question,
                limits.fetchSize() == 0 ? settings.fetchSize() : limits.fetchSize(),
                Objects.requireNonNullElse(limits.timeout(), settings.statementTimeout()));
    }

    /** What is written without SQL, in columns. */
    public Writes writes() {
        return writes;
    }

    /** A call that is no statement, such as {@code new GetProperties()}; the session's number goes into it. */
    public <T> Mono<T> ask(LongFunction<? extends Request<T>> call, Deadline deadline) {
        return Mono.defer(() -> {
            Request<T> request = call.apply(sessionId);
            return deadline.isOver() ? Mono.error(rpc.tooLate(request)) : rpc.call(request, deadline.left());
        });
    }

    /** The same for calls that only do something: a refusal is an error. */
    public Mono<Void> command(LongFunction<? extends Command> call, Deadline deadline) {
        return ask(call, deadline)
                .flatMap(status -> status.isSuccess() ? Mono.<Void>empty() : Mono.error(rpc.located(status.toError())));
    }

    /**
     * That of a call that begins now.
     *
     * @param limit zero: none; null: as the session is set
     */
    public Deadline deadline(@Nullable Duration limit) {
        return Deadline.in(Objects.requireNonNullElse(limit, settings.statementTimeout()), settings.nanoTime());
    }

    /** The error with the place where it happened. */
    public WeirException located(WeirException error) {
        return rpc.located(error);
    }

    // --- the session ----------------------------------------------------------------------------------------------

    /** Asks the server for a sign of life; answered when what was sent before is. Never fails. */
    public Mono<Boolean> ping() {
        return Mono.defer(() -> {
            // Behind a long statement the answer takes as long as that one: no reason to give the connection up.
            Duration limit = rpc.wire().pending() == 0 ? SHORT : Duration.ZERO;
            return rpc.command(new TestConnection(), limit).thenReturn(true).onErrorReturn(false);
        });
    }

    /** Changes the time zone, in which the server reads and we show times without one. */
    public Mono<Void> zone(ZoneId newZone) {
        return rpc.command(new SetTimeZone(sessionId, newZone.getId()), Duration.ZERO)
                .doOnSuccess(nothing -> literals = new Literals(settings.dialect(), server.precision(), newZone));
    }

    /** Puts zone and database back to what they were after login. */
    public Mono<Void> reset() {
        return Mono.defer(() -> {
            Mono<Void> zoneBack = zone().equals(settings.zone()) ? Mono.empty() : zone(settings.zone());
            return zoneBack.then(Objects.equals(database, settings.database()) ? Mono.empty() : databaseBack());
        });
    }

    private Mono<Void> databaseBack() {
        String name = settings.database();
        if (name == null) {
            return Mono.error(rpc.located(WeirException.of(
                            ErrorKind.UNSUPPORTED,
                            "The session has entered the database '" + database
                                    + "', and IoTDB has no way to leave one: close this connection")
                    .build()));
        }
        return run(spec("USE \"" + name.replace("\"", "\"\"") + "\""))
                .handle((part, sink) -> {
                    if (part instanceof ResultPart.Failure failure) {
                        sink.error(failure.error());
                    }
                })
                .then();
    }

    @Override
    public int pending() {
        return rpc.wire().pending();
    }

    @Override
    public long headAge() {
        return rpc.wire().headAge();
    }

    @Override
    public boolean isHeldBack() {
        return rpc.wire().isHeldBack();
    }

    /** Whether it is open and as it was after login: a session that has entered a database is not for everybody. */
    @Override
    public boolean isFit() {
        return isOpen() && Objects.equals(database, settings.database()) && zone().equals(settings.zone());
    }

    @Override
    public void whenFree(Runnable listener) {
        rpc.wire().whenFree(listener);
    }

    /** Logs out and closes the connection. Completes when it is closed; closing again completes as well. */
    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            Mono<Void> farewell = rpc.wire().isOpen() && rpc.wire().pending() == 0
                    ? rpc.command(new CloseSession(sessionId), FAREWELL).onErrorComplete()
                    : Mono.empty();
            return farewell.then(rpc.wire().close());
        });
    }

    /** Completes when it has been closed, and fails with the reason when it was lost. */
    @Override
    public Mono<Void> onClose() {
        return rpc.wire().onClose();
    }

    public boolean isOpen() {
        return rpc.wire().isOpen();
    }

    /** The connection's name in logs and errors. */
    public String id() {
        return rpc.wire().id();
    }

    @Override
    public Endpoint endpoint() {
        return rpc.wire().endpoint();
    }

    public ServerInfo server() {
        return server;
    }

    public Dialect dialect() {
        return settings.dialect();
    }

    public ZoneId zone() {
        return literals.zone();
    }

    /** The current database of the table model; null if none was entered. */
    public @Nullable String database() {
        return database;
    }

    /** Literals as this session's statements need them. */
    public Literals literals() {
        return literals;
    }

    // --- what cursors need, on the wire's loop --------------------------------------------------------------------

    Rpc rpc() {
        return rpc;
    }

    SessionSettings settings() {
        return settings;
    }

    long sessionId() {
        return sessionId;
    }

    StatementIds ids() {
        return ids;
    }

    BlockLayout layoutOf(Executed reply) {
        return BlockLayout.of(reply, server.precision(), zone());
    }

    void databaseIs(@Nullable String entered) {
        if (entered != null) {
            database = entered;
        }
    }

    void rowsHandedOut(int rows) {
        settings.events().rows("iotdb", place, rows);
    }

    /** Those with a query open on the server. */
    OpenCursors cursors() {
        return cursors;
    }

    private void lost(Throwable reason) {
        cursors.lost(reason instanceof WeirException known ? known : closedHere());
    }

    private WeirException closedHere() {
        return rpc.located(WeirException.of(ErrorKind.CLOSED, "The connection was closed while rows were still to come")
                .build());
    }
}
