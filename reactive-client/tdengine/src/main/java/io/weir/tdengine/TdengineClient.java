package io.weir.tdengine;

import io.weir.core.ClientEvents;
import io.weir.core.ErrorKind;
import io.weir.core.Held;
import io.weir.core.OptionKey;
import io.weir.core.Options;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.tdengine.protocol.SqlText;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import io.weir.tdengine.type.TableBatch;
import io.weir.tdengine.type.WriteResult;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/**
 * A reactive client for TDengine, over the WebSocket of its adapter; or over REST with {@code tdengine:rest://…}.
 *
 * <pre>{@code
 * TdengineClient client = TdengineClient.create("tdengine://root:taosdata@127.0.0.1:6041/power");
 * client.query("SELECT ts, current FROM meters", row -> row.getDouble(1)).subscribe(…);
 * }</pre>
 *
 * <p>Statements of all callers travel on a few connections, many at once on each. They are opened when needed, and one that
 * was lost is replaced when a statement needs one. What changes a session ({@code USE}, the time zone) and what lives in one
 * (prepared statements) needs one of its own: {@link #inSession}. Thread-safe; make one and keep it.
 */
public final class TdengineClient implements Held, TdengineQueries {

    private static final int MOST_STATEMENTS = 256;

    private final Route route;
    private final Consumers consumers;
    private final ZoneId zone;

    TdengineClient(Wiring wiring) {
        Wiring.Way way = wiring.way();
        this.route = way.route();
        this.consumers = new Consumers(way.consumers());
        this.zone = wiring.shownZone();
    }

    /**
     * A client for a URL such as {@code tdengine://user:password@h1:6041,h2:6041/database}. Nothing is connected yet.
     *
     * @throws io.weir.core.InvalidOptionsException naming all that is wrong with the URL
     */
    public static TdengineClient create(String url) {
        return builder().url(url).build();
    }

    /** A client with options that are complete and checked. */
    public static TdengineClient create(Options options) {
        return new TdengineClient(new Wiring(options, ClientEvents.NONE, null));
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * {@inheritDoc}
     *
     * <p>{@code USE} is refused here, because callers share the session: see {@link #inSession}.
     */
    @Override
    public Flux<ResultPart> run(String sql) {
        return SqlText.isBinding(sql) ? Flux.error(TdengineClient::changesTheSession) : route.run(sql);
    }

    @Override
    public Flux<ResultPart> run(String sql, Duration timeout) {
        return SqlText.isBinding(sql) ? Flux.error(TdengineClient::changesTheSession) : route.run(sql, timeout);
    }

    private static WeirException changesTheSession() {
        return WeirException.of(
                        ErrorKind.BAD_REQUEST,
                        "This statement changes the session, which all statements of a client share: run it in"
                                + " inSession(…), or name the database in the URL")
                .system("tdengine")
                .sent(WeirException.Sent.NO)
                .build();
    }

    @Override
    public <T> Flux<T> withStatement(String sql, Function<? super TdengineStatement, ? extends Publisher<T>> work) {
        return route.withStatement(sql, statement -> work.apply(new TdengineStatement(statement)));
    }

    @Override
    public Mono<Long> insert(Schemaless lines) {
        return route.insert(lines);
    }

    /**
     * Writes a stream of batches with several prepared statements at once, in a session of its own. Which statement takes a
     * batch is decided by its table's name: the rows of a table are written in their order.
     *
     * <p>Each batch is written once, and has one result; a batch that was refused does not keep the others from being
     * written. The stream fails when the connection is lost: then the error tells of one batch that was under way, and of
     * what has no result nobody knows whether it was written. No more than three batches for each statement are held.
     *
     * @param sql an INSERT with a placeholder for the table, or for a table of its own
     * @param statements how many work at once, 1 to 256
     * @param batches makes the batches, filling what {@link TdengineStatement#batch()} of the given statement yields
     */
    public Flux<WriteResult> write(
            String sql, int statements, Function<? super TdengineStatement, ? extends Publisher<TableBatch>> batches) {
        if (statements < 1 || statements > MOST_STATEMENTS) {
            throw new IllegalArgumentException(
                    statements + " statements were asked for: 1 to " + MOST_STATEMENTS + " are possible");
        }
        return inSession(session -> BatchWriter.write(session, sql, statements, batches));
    }

    /**
     * Lends a session of its own to a run of statements that belong together, and closes it in every ending.
     *
     * @param work what is done with it; the session is good until the publisher ends
     */
    public <T> Flux<T> inSession(Function<? super TdengineSession, ? extends Publisher<T>> work) {
        return Flux.usingWhen(session(), session -> work.apply(session), TdengineSession::close);
    }

    /** A session of one's own, which the caller closes. Each subscriber opens one. */
    public Mono<TdengineSession> session() {
        return route.open().map(TdengineSession::new);
    }

    /**
     * Subscribes to topics, on a connection of its own. The caller closes the consumer; {@link #consume} does so by itself.
     */
    public Mono<TdengineConsumer> consumer(TdengineSubscription subscription) {
        return consumers.open(subscription);
    }

    /**
     * Works on the messages of topics, one after another: the next one is asked for when the work on the last one has
     * completed, and only then is that one committed, in time. An error of the work ends everything; the message is not
     * committed then, and comes again to the next consumer of the group. The group is left in every ending.
     *
     * @param work what is done with a message, which is good until the publisher ends
     */
    public <T> Flux<T> consume(
            TdengineSubscription subscription,
            Function<? super TdengineMessage, ? extends Publisher<? extends T>> work) {
        return consumers.consume(subscription, work);
    }

    /** What there is on the server: databases, tables, columns, tags, topics. */
    public TdengineCatalog catalog() {
        return new TdengineCatalog(this);
    }

    /** The server's version. */
    public Mono<ServerVersion> version() {
        return route.version();
    }

    /**
     * Ends a statement that the server executes, of this client or of another; tells whether there was one.
     *
     * @param requestId as {@code query_id} of {@code SHOW QUERIES} has it, and TRACE of the logger {@code io.weir.query}
     */
    public Mono<Boolean> kill(long requestId) {
        return query(
                        "SELECT kill_id FROM performance_schema.perf_queries WHERE query_id = " + requestId,
                        row -> Objects.toString(row.getString(0), ""))
                .concatMap(killId -> execute("KILL QUERY '" + killId + "'"))
                .hasElements();
    }

    /** In which moments are shown and times without a zone are meant, but for sessions with a zone of their own. */
    public ZoneId zone() {
        return zone;
    }

    /** How many connections there are; a moment's figure. */
    public int wires() {
        return route.wires();
    }

    /** Whether the server answers; connects if need be. */
    @Override
    public Mono<Boolean> ping() {
        return route.ping().onErrorReturn(false);
    }

    /** Whether it has not been closed. */
    public boolean isOpen() {
        return route.isOpen();
    }

    /** Closes all connections of this client, also those that were lent. Statements under way fail. */
    @Override
    public Mono<Void> close() {
        return consumers.close().then(route.close());
    }

    /** Completes once the client is closed. A lost connection does not end it. */
    @Override
    public Mono<Void> onClose() {
        return route.onClose();
    }

    /** User and hosts. */
    @Override
    public String toString() {
        return "TdengineClient of " + route;
    }

    /** Collects what a client needs; see {@link TdengineOptions}. */
    public static final class Builder {
        private final Options.Builder options = TdengineOptions.ALL.options();
        private ClientEvents events = ClientEvents.NONE;
        private @Nullable LoopResources loops;

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
        public TdengineClient build() {
            return new TdengineClient(new Wiring(options.build(), events, loops));
        }
    }
}
