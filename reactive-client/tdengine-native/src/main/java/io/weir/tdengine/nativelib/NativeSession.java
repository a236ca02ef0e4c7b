package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import io.netty.channel.EventLoop;
import io.weir.core.Endpoint;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.core.wire.OpenCursors;
import io.weir.tdengine.protocol.SqlText;
import io.weir.tdengine.session.Prepared;
import io.weir.tdengine.session.RequestIds;
import io.weir.tdengine.session.Session;
import io.weir.tdengine.session.SessionSettings;
import io.weir.tdengine.session.StatementSpec;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One connection of the library, and what runs on it. Closing ends all statements at once. */
final class NativeSession implements Session {

    private static final Logger QUERIES = LoggerFactory.getLogger("io.weir.query");
    private static final AtomicLong IDS = new AtomicLong();

    private final Holding holding;
    private final SessionSettings settings;
    private final Pointer connection;
    private final ServerVersion version;
    private final Surroundings surroundings;
    private final RequestIds requestIds =
            new RequestIds(ThreadLocalRandom.current().nextInt());

    // Belong to the event loop.
    private final OpenCursors cursors = new OpenCursors();
    private final Set<NativeStatement> statements = new HashSet<>();

    NativeSession(
            NativeSource source,
            EventLoop loop,
            LoadedLibrary library,
            Pointer connection,
            Endpoint endpoint,
            ServerVersion version) {
        this.settings = source.settings().session();
        this.connection = connection;
        this.version = version;
        this.holding = new Holding(
                source,
                loop,
                new Holding.Facts(
                        "tdengine-native-" + IDS.incrementAndGet(),
                        endpoint,
                        library,
                        source.workers()::execute,
                        () -> library.functions().taos_close(connection)));
        this.surroundings = new Surroundings(holding, connection, settings, this::run);
    }

    // --- statements -----------------------------------------------------------------------------------------------

    @Override
    public StatementSpec spec(String sql) {
        return new StatementSpec(sql, settings.statementTimeout());
    }

    @Override
    public Flux<ResultPart> run(StatementSpec spec) {
        return stream(new QueryOfCursor(this, spec.sql()), spec.timeout());
    }

    Flux<ResultPart> stream(ResultOfCursor opening, Duration timeout) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super ResultPart> actual) {
                new NativeCursor(NativeSession.this, opening, timeout).subscribe(actual);
            }
        };
    }

    /** Asks the library; its answer is told on the loop. On the loop, with a hold. */
    void query(String sql, Calls.Waiting answer) {
        if (QUERIES.isTraceEnabled()) {
            QUERIES.trace("[{}] {}", id(), SqlText.mask(sql));
        }
        boolean binding = SqlText.isBinding(sql);
        Calls calls = holding.library().calls();
        Pointer param = calls.once((result, code) -> holding.loop().later(() -> {
            if (binding && code == 0) {
                surroundings.entered();
            }
            answer.done(result, code);
        }));
        holding.taos().taos_query_a_with_reqid(connection, sql, calls, param, requestIds.next());
    }

    @Override
    public Mono<Prepared> prepare(String sql) {
        return NativeStatement.prepare(this, sql);
    }

    @Override
    public Mono<Long> insert(Schemaless lines, Duration timeout) {
        return holding.call(
                "Writing lines without a schema",
                timeout,
                () -> Lines.write(holding.library(), connection, lines, requestIds.next()));
    }

    // --- the session ----------------------------------------------------------------------------------------------

    @Override
    public Mono<Void> zone(ZoneId changed) {
        return surroundings.zone(changed);
    }

    @Override
    public ZoneId shownZone() {
        return surroundings.shownZone();
    }

    @Override
    public Mono<String> database() {
        return surroundings.database();
    }

    @Override
    public Mono<Void> reset() {
        return surroundings.reset();
    }

    @Override
    public Mono<Void> close() {
        return holding.close(this::endAll);
    }

    private void endAll() {
        WeirException error =
                holding.located(Errors.closed("The connection was closed while a statement was under way").toBuilder()
                        .sent(Sent.MAYBE)
                        .build());
        cursors.lost(error);
        new ArrayList<>(statements).forEach(NativeStatement::sessionCloses);
    }

    @Override
    public Mono<Void> onClose() {
        return holding.onClose();
    }

    @Override
    public boolean isOpen() {
        return !holding.isClosing();
    }

    @Override
    public String id() {
        return holding.id();
    }

    @Override
    public Endpoint endpoint() {
        return holding.endpoint();
    }

    @Override
    public ServerVersion version() {
        return version;
    }

    // --- as one of several ----------------------------------------------------------------------------------------

    @Override
    public int pending() {
        return holding.pending();
    }

    @Override
    public long headAge() {
        return 0;
    }

    @Override
    public boolean isHeldBack() {
        return false;
    }

    @Override
    public boolean isFit() {
        return !holding.isClosing() && !holding.isCutOff() && surroundings.areUnchanged();
    }

    @Override
    public void whenFree(Runnable listener) {
        holding.whenFree(listener);
    }

    // --- what cursors and statements need, on the loop ------------------------------------------------------------

    /** Those for which the library holds something. */
    OpenCursors cursors() {
        return cursors;
    }

    void opened(NativeStatement statement) {
        statements.add(statement);
    }

    void closed(NativeStatement statement) {
        statements.remove(statement);
    }

    void rowsHandedOut(int rows) {
        holding.source().events().rows("tdengine", endpoint().toString(), rows);
    }

    Holding holding() {
        return holding;
    }

    Pointer connection() {
        return connection;
    }

    @Override
    public String toString() {
        return holding.toString();
    }
}
