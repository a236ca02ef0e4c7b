package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.netty.channel.EventLoop;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.tdengine.protocol.SqlText;
import io.weir.tdengine.session.Prepared;
import io.weir.tdengine.session.RequestIds;
import io.weir.tdengine.session.Session;
import io.weir.tdengine.session.SessionSettings;
import io.weir.tdengine.session.StatementSpec;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One connection of the library. Everything of ours happens on one event loop; what may block, on the threads of the
 * client.
 *
 * <p>Closing ends all statements at once; the connection itself is given back when the library has ended what it is at,
 * because it would otherwise work on memory that is gone.
 */
final class NativeSession implements Session {

    private static final Logger QUERIES = LoggerFactory.getLogger("io.weir.query");
    private static final AtomicLong IDS = new AtomicLong();
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final int LONGEST_NAME = 512;

    private final String id = "tdengine-native-" + IDS.incrementAndGet();
    private final NativeSource source;
    private final SessionSettings settings;
    private final LoadedLibrary library;
    private final Pointer connection;
    private final Endpoint endpoint;
    private final ServerVersion version;
    private final LoopOfSession loop;
    private final RequestIds requestIds =
            new RequestIds(ThreadLocalRandom.current().nextInt());
    private final Sinks.Empty<Void> closed = Sinks.empty();

    private volatile @Nullable ZoneId zone;
    /** Whether a database was entered since the login. */
    private volatile boolean entered;
    /** Whether the library has said that it has lost its servers. */
    private volatile boolean cutOff;

    private volatile boolean closing;
    private volatile int pending;
    private volatile Runnable whenFree = () -> {};

    // The rest belongs to the event loop.
    private final Set<NativeCursor> cursors = new HashSet<>();
    private final Set<NativeStatement> statements = new HashSet<>();
    /** What has to end before the connection can be given back: calls, results, statements. */
    private int holds;

    private boolean givenBack;

    NativeSession(
            NativeSource source,
            EventLoop eventLoop,
            LoadedLibrary library,
            Pointer connection,
            Endpoint endpoint,
            ServerVersion version) {
        this.source = source;
        this.settings = source.settings().session();
        this.library = library;
        this.connection = connection;
        this.endpoint = endpoint;
        this.version = version;
        this.loop = new LoopOfSession(eventLoop);
        this.zone = settings.zone();
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
            QUERIES.trace("[{}] {}", id, SqlText.mask(sql));
        }
        boolean binding = SqlText.isBinding(sql);
        Pointer param = library.calls()
                .once((result, code) -> loop.later(() -> {
                    entered |= binding && code == 0;
                    answer.done(result, code);
                }));
        taos().taos_query_a_with_reqid(connection, sql, library.calls(), param, requestIds.next());
    }

    @Override
    public Mono<Prepared> prepare(String sql) {
        return NativeStatement.prepare(this, sql);
    }

    @Override
    public Mono<Long> insert(Schemaless lines, Duration timeout) {
        return call("Writing lines without a schema", timeout, () -> {
            byte[] bytes = lines.data().getBytes(StandardCharsets.UTF_8);
            String key = lines.tableNameKey().isEmpty() ? null : lines.tableNameKey();
            Pointer result = taos().taos_schemaless_insert_raw_ttl_with_reqid_tbname_key(
                            connection,
                            bytes,
                            bytes.length,
                            new IntByReference(),
                            lines.protocol().number(),
                            unit(lines.precision()),
                            lines.ttlDays(),
                            requestIds.next(),
                            key);
            try {
                int code = taos().taos_errno(result);
                if (code != 0 || result == null) {
                    throw Errors.of(taos(), result, code);
                }
                return library.affectedRows(result);
            } finally {
                if (result != null) {
                    taos().taos_free_result(result);
                }
            }
        });
    }

    /** As the library numbers units of time; 0 is the protocol's own. */
    private static int unit(String precision) {
        return switch (precision) {
            case "h" -> 1;
            case "m" -> 2;
            case "s" -> 3;
            case "ms" -> 4;
            case "u" -> 5;
            case "ns" -> 6;
            default -> 0;
        };
    }

    // --- the session ----------------------------------------------------------------------------------------------

    @Override
    public Mono<Void> zone(ZoneId changed) {
        return setZone(changed).doOnSuccess(nothing -> zone = changed);
    }

    private Mono<Void> setZone(@Nullable ZoneId changed) {
        String name = changed == null ? null : changed.getId();
        return call("Changing the time zone", SHORT, () -> {
                    check(taos().taos_options_connection(connection, Libtaos.ZONE, name));
                    return true;
                })
                .then();
    }

    @Override
    public Mono<String> database() {
        return call("Asking for the current database", SHORT, () -> {
                    byte[] name = new byte[LONGEST_NAME];
                    check(taos().taos_get_current_db(connection, name, name.length, new IntByReference()));
                    return com.sun.jna.Native.toString(name, StandardCharsets.UTF_8);
                })
                .filter(name -> !name.isEmpty());
    }

    @Override
    public Mono<Void> reset() {
        return Mono.defer(() -> {
            ZoneId before = settings.zone();
            Mono<Void> zoneBack = Objects.equals(zone, before)
                    ? Mono.empty()
                    : setZone(before).doOnSuccess(nothing -> zone = before);
            return zoneBack.then(entered ? databaseBack() : Mono.empty());
        });
    }

    private Mono<Void> databaseBack() {
        String name = settings.login().database();
        Mono<?> back = name == null
                ? call("Leaving the database", SHORT, () -> {
                    taos().taos_reset_current_db(connection);
                    return true;
                })
                : run(new StatementSpec("USE `" + name.replace("`", "``") + "`", SHORT))
                        .doOnNext(part -> {
                            if (part instanceof ResultPart.Failure refusal) {
                                throw refusal.error();
                            }
                        })
                        .then();
        return back.doOnSuccess(nothing -> entered = false).then();
    }

    private void check(int code) {
        if (code != 0) {
            throw Errors.of(taos(), null, code);
        }
    }

    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            loop.run(this::beginClosing);
            return closed.asMono();
        });
    }

    private void beginClosing() {
        if (closing) {
            return;
        }
        closing = true;
        WeirException error =
                located(Errors.closed("The connection was closed while a statement was under way").toBuilder()
                        .sent(Sent.MAYBE)
                        .build());
        new ArrayList<>(cursors).forEach(cursor -> cursor.lost(error));
        new ArrayList<>(statements).forEach(NativeStatement::sessionCloses);
        giveBackIfFree();
    }

    /** Completes when it has been closed. The library itself reconnects: a session is not lost. */
    @Override
    public Mono<Void> onClose() {
        return closed.asMono();
    }

    @Override
    public boolean isOpen() {
        return !closing;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
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
        return pending;
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
        return !closing && !entered && !cutOff && Objects.equals(zone, settings.zone());
    }

    @Override
    public void whenFree(Runnable listener) {
        whenFree = listener;
    }

    // --- what cursors and statements need, on the loop ------------------------------------------------------------

    /** Something begins that has to end before the connection is given back; false if it is too late for that. */
    boolean hold() {
        if (closing) {
            return false;
        }
        holds++;
        pending = holds;
        return true;
    }

    /** For what ends something: it may begin although the session closes. Within the hold of what it ends. */
    void holdForEnding() {
        holds++;
        pending = holds;
    }

    void release() {
        holds--;
        pending = holds;
        whenFree.run();
        giveBackIfFree();
    }

    private void giveBackIfFree() {
        if (closing && holds == 0 && !givenBack) {
            givenBack = true;
            source.workers().execute(() -> {
                taos().taos_close(connection);
                loop.run(() -> {
                    source.events().disconnected("tdengine", endpoint.toString(), false);
                    closed.tryEmitEmpty();
                });
            });
        }
    }

    /**
     * What may block, with a hold on the connection. Its outcome is told on the loop; if nobody waits for it any longer, it
     * goes by without a word.
     */
    <T> Mono<T> call(String what, Duration limit, Callable<T> blocking) {
        return call(what, limit, blocking, any -> {}, late -> {});
    }

    /**
     * The same for what has to be given back.
     *
     * @param arrived hears of every outcome
     * @param late hears of one that nobody waits for any longer
     */
    <T> Mono<T> call(
            String what, Duration limit, Callable<T> blocking, Consumer<? super T> arrived, Consumer<? super T> late) {
        return Mono.create(sink -> new BlockingCall<T>(this, what, limit, blocking, arrived, late, sink).start());
    }

    void opened(NativeCursor cursor) {
        cursors.add(cursor);
    }

    void closed(NativeCursor cursor) {
        cursors.remove(cursor);
    }

    void opened(NativeStatement statement) {
        statements.add(statement);
    }

    void closed(NativeStatement statement) {
        statements.remove(statement);
    }

    void refused(WeirException error) {
        cutOff |= error.kind() == ErrorKind.CLOSED;
    }

    void rowsHandedOut(int rows) {
        source.events().rows("tdengine", endpoint.toString(), rows);
    }

    WeirException closedBefore() {
        return located(Errors.closed("The connection is closed; the statement was not sent"));
    }

    WeirException located(WeirException error) {
        return error.toBuilder()
                .system("tdengine")
                .endpoint(endpoint.toString())
                .connection(id)
                .build();
    }

    Libtaos taos() {
        return library.functions();
    }

    LoadedLibrary library() {
        return library;
    }

    Pointer connection() {
        return connection;
    }

    NativeSource source() {
        return source;
    }

    LoopOfSession loop() {
        return loop;
    }

    @Override
    public String toString() {
        return id + " to " + endpoint + " by " + library;
    }
}
