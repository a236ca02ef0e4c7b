package io.weir.iotdb;

import io.weir.core.ClientEvents;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.Held;
import io.weir.core.OptionKey;
import io.weir.core.Options;
import io.weir.core.ResultPart;
import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.iotdb.session.Question;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.ServerInfo;
import io.weir.iotdb.type.StatementOutcome;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * A reactive client for Apache IoTDB.
 *
 * <pre>{@code
 * IotdbClient client = IotdbClient.create("iotdb://root:root@127.0.0.1:6667");
 * client.query("SELECT temperature FROM root.plant.line1", row -> row.getDouble(1)).subscribe(…);
 * }</pre>
 *
 * <p>Statements of all callers are sent over a few connections ({@link IotdbOptions#SHARED_WIRES}), and over more while those
 * are kept busy ({@link IotdbOptions#MAX_WIRES}). They are opened when needed, and one that was lost is replaced when a
 * statement needs one. What changes a session ({@code USE}) needs one of its own: {@link #inSession}. Thread-safe;
 * make one and keep it.
 */
public final class IotdbClient implements Held, IotdbQueries {

    private final Wiring wiring;
    private final Sessions sessions;

    IotdbClient(Wiring wiring) {
        this.wiring = wiring;
        this.sessions = new Sessions(wiring);
    }

    /**
     * A client for a URL such as {@code iotdb://user:password@h1:6667,h2:6667/database?sqlDialect=table}. Nothing is
     * connected yet.
     *
     * @throws io.weir.core.InvalidOptionsException naming all that is wrong with the URL
     */
    public static IotdbClient create(String url) {
        return builder().url(url).build();
    }

    /** A client with options that are complete and checked. */
    public static IotdbClient create(Options options) {
        return new IotdbClient(new Wiring(options, ClientEvents.NONE, null, Function.identity()));
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * <p>{@code USE} and the like are refused here, because callers share the session: see {@link #inSession}.
     */
    @Override
    public Flux<ResultPart> run(String sql, CallLimits limits) {
        return travelling(
                SessionSql.of(sql), limits, (session, left) -> session.run(session.spec(Question.of(sql), left)));
    }

    @Override
    public Flux<ResultPart> run(List<String> statements, CallLimits limits) {
        return travelling(worst(statements), limits, (session, left) -> IotdbSession.all(session, statements, left));
    }

    private Flux<ResultPart> travelling(
            SessionSql effect, CallLimits limits, BiFunction<WireSession, CallLimits, Flux<ResultPart>> run) {
        if (effect == SessionSql.BINDING) {
            return Flux.error(IotdbClient::bindingRefused);
        }
        return effect == SessionSql.SPOILING && wiring.database() != null
                ? sessions.alone(limits, run)
                : sessions.stream(limits, run);
    }

    @Override
    public Mono<List<StatementOutcome>> batch(List<String> statements) {
        return switch (worst(statements)) {
            case BINDING -> Mono.error(IotdbClient::bindingRefused);
            case SPOILING -> inSession(session -> session.batch(statements)).singleOrEmpty();
            case NEUTRAL -> sessions.call((session, deadline) -> Batches.run(session, statements, deadline));
        };
    }

    private static SessionSql worst(List<String> statements) {
        return statements.stream()
                .map(SessionSql::of)
                .max(Comparator.naturalOrder())
                .orElse(SessionSql.NEUTRAL);
    }

    private static WeirException bindingRefused() {
        return WeirException.of(
                        ErrorKind.BAD_REQUEST,
                        "This statement changes the session, which all statements of a client share: run it in"
                                + " inSession(…), or name the database in the URL")
                .system("iotdb")
                .sent(WeirException.Sent.NO)
                .build();
    }

    @Override
    public IotdbSchema schema() {
        return new IotdbSchema(sessions);
    }

    @Override
    public IotdbTemplates templates() {
        return new IotdbTemplates(sessions);
    }

    @Override
    public IotdbAdmin admin() {
        return new IotdbAdmin(sessions);
    }

    @Override
    public IotdbReads reads() {
        return new IotdbReads(sessions);
    }

    /** Writing without SQL: tablets, records, streams of them. */
    public IotdbWrites writes() {
        return new IotdbWrites(sessions.writePath());
    }

    /**
     * Lends a session of its own to a run of statements that belong together, and closes it in every ending.
     *
     * @param work what is done with it; the session is good until the publisher ends
     */
    public <T> Flux<T> inSession(Function<? super IotdbSession, ? extends Publisher<T>> work) {
        return Flux.usingWhen(session(), session -> work.apply(session), IotdbSession::close);
    }

    /** A session of one's own, which the caller closes. Each subscriber opens one. */
    public Mono<IotdbSession> session() {
        return sessions.open().map(session -> new IotdbSession(session, wiring.writePath(Route.to(session), null)));
    }

    /** What the server says of itself: version, precision of time, limits. */
    public Mono<ServerInfo> server() {
        return sessions.call((session, deadline) -> Mono.just(session.server()));
    }

    /**
     * Appends a value as a literal for statements of this client; see {@link IotdbSession#literal}.
     *
     * @param precision that of the server, which {@link #server} tells
     */
    public void appendLiteral(StringBuilder out, @Nullable Object value, TimePrecision precision) {
        wiring.literals(precision).append(out, value);
    }

    /** Which of IoTDB's two languages this client speaks. */
    public Dialect dialect() {
        return wiring.dialect();
    }

    /** The hosts, as errors and logs name them. */
    public String hosts() {
        return wiring.hosts();
    }

    /** Whether it has not been closed. */
    public boolean isOpen() {
        return sessions.isOpen();
    }

    /** How many connections it has, shared ones and those of their own; a moment's figure. */
    public int wires() {
        return sessions.wires();
    }

    /** Whether the server answers, asked on the connection that a statement would take; connects if need be. */
    @Override
    public Mono<Boolean> ping() {
        return sessions.call((session, deadline) -> session.ping()).onErrorReturn(false);
    }

    /** Closes all connections of this client, also those that were lent. Statements under way fail. */
    @Override
    public Mono<Void> close() {
        return sessions.close();
    }

    /** Completes once the client is closed. A lost connection does not end it. */
    @Override
    public Mono<Void> onClose() {
        return sessions.onClose();
    }

    /** User and hosts. */
    @Override
    public String toString() {
        return "IotdbClient of " + sessions;
    }

    /** Collects what a client needs; see {@link IotdbOptions}. */
    public static final class Builder {
        private final Options.Builder options = IotdbOptions.ALL.options();
        private ClientEvents events = ClientEvents.NONE;
        private @Nullable LoopResources loops;
        private Function<Endpoint, @Nullable Endpoint> told = Function.identity();

        private Builder() {}

        /** Takes what a URL says; options that are set here win. */
        public Builder url(String url) {
            options.url(url);
            return this;
        }

        /** Sets an option. */
        public <T> Builder option(OptionKey<T> key, T value) {
            options.set(key, value);
            return this;
        }

        /** Sets an option by its name; the value may be a text. */
        public Builder option(String name, Object value) {
            options.set(name, value);
            return this;
        }

        /** Who hears of connections, statements and rows. Default: nobody. */
        public Builder events(ClientEvents listener) {
            events = listener;
            return this;
        }

        /**
         * Where a node is, of which a server has told what it takes for its address: that may be one which only the
         * cluster knows. Asked with {@code redirection=on}; called on an event loop, so it must not block.
         *
         * @param hosts the address that reaches the node; null to leave it alone. Default: what the server said
         */
        public Builder redirectedHosts(Function<Endpoint, @Nullable Endpoint> hosts) {
            told = hosts;
            return this;
        }

        /** The event loops to work on. Default: those that all clients of this process share. */
        public Builder loops(LoopResources resources) {
            loops = resources;
            return this;
        }

        /**
         * Checks everything, and reads the files of certificates: not for an event loop.
         *
         * @throws io.weir.core.InvalidOptionsException naming all that is wrong
         */
        public IotdbClient build() {
            return new IotdbClient(new Wiring(options.build(), events, loops, told));
        }
    }
}
