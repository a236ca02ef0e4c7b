package io.weir.iotdb;

import io.weir.core.Endpoint;
import io.weir.core.Held;
import io.weir.core.ResultPart;
import io.weir.iotdb.protocol.Literals;
import io.weir.iotdb.session.Question;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.ServerInfo;
import io.weir.iotdb.type.StatementOutcome;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One logged-in connection. It keeps what statements do to it (the database that was entered, the time zone), and it is
 * gone when its connection is: nothing reconnects behind its back.
 *
 * <p>Any number of statements may be under way at once, from any thread. They are sent without waiting for each other; the
 * server answers them in the order in which they were sent, so a slow one holds up those behind it. Several results may be
 * open and read by turns.
 */
public final class IotdbSession implements Held, IotdbQueries {

    private static final int SENT_AHEAD = 8;

    private final WireSession session;
    private final Preparer preparer;
    private final WritePath writePath;

    /** @param writePath to this session */
    IotdbSession(WireSession session, WritePath writePath) {
        this.session = session;
        this.writePath = writePath;
        this.preparer = new Preparer(session);
    }

    /** Runs a statement with limits of its own, see {@link #run(String, int, Duration)}. */
    @Override
    public Flux<ResultPart> run(String sql, CallLimits limits) {
        return session.run(session.spec(Question.of(sql), limits));
    }

    /**
     * Runs a statement of any kind, once for each subscriber, at his first demand.
     *
     * <p>What comes: pages of rows, if the statement has rows (an empty page if it has none of them), then
     * {@link ResultPart.End}. A refusal by the server is a {@link ResultPart.Failure} in front of {@code End}. No count is
     * ever sent, because IoTDB tells none. An error signal means that the connection is lost, that the statement's time is
     * over, or that the server does not keep to the protocol.
     *
     * <p>No more than two replies are held for a slow reader. Cancelling ends the query on the server and leaves the session
     * as clean as after a finished statement; if the server is still busy with the first call, its answer is awaited and
     * thrown away, and the connection is given up if that takes more than ten seconds.
     *
     * @param fetchSize how many rows to ask for at a time; the server rounds up to whole blocks. 0 means the session's
     * @param timeout for execution and reading together; zero means none
     */
    public Flux<ResultPart> run(String sql, int fetchSize, Duration timeout) {
        return run(sql, new CallLimits(timeout, fetchSize));
    }

    @Override
    public Flux<ResultPart> run(List<String> statements, CallLimits limits) {
        return all(session, statements, limits);
    }

    static Flux<ResultPart> all(WireSession session, List<String> statements, CallLimits limits) {
        return session.run(
                statements.stream()
                        .map(sql -> session.spec(Question.of(sql), limits))
                        .toList(),
                SENT_AHEAD);
    }

    @Override
    public Mono<List<StatementOutcome>> batch(List<String> statements) {
        return Mono.defer(() -> Batches.run(session, statements, session.deadline(null)));
    }

    @Override
    public IotdbSchema schema() {
        return new IotdbSchema(Route.to(session));
    }

    @Override
    public IotdbTemplates templates() {
        return new IotdbTemplates(Route.to(session));
    }

    @Override
    public IotdbAdmin admin() {
        return new IotdbAdmin(Route.to(session));
    }

    @Override
    public IotdbReads reads() {
        return new IotdbReads(Route.to(session));
    }

    /** Writing without SQL: tablets, records, streams of them. */
    public IotdbWrites writes() {
        return new IotdbWrites(writePath);
    }

    /**
     * Has the server prepare a statement of the table model with {@code ?} in it; the caller closes it, see also
     * {@link #prepared}.
     *
     * <p>Fails with {@code UNSUPPORTED} on servers that are older than the call (2.0.7 and before); the session goes on, and
     * does not ask again. There values go into the text, as {@link #literal} writes them.
     */
    public Mono<PreparedStatement> prepare(String sql) {
        return preparer.prepare(sql);
    }

    /**
     * Lends a statement that the server has prepared, and closes it in every ending.
     *
     * @param work what is done with it; it is good until the publisher ends
     */
    public <T> Flux<T> prepared(String sql, Function<? super PreparedStatement, ? extends Publisher<T>> work) {
        return Flux.usingWhen(prepare(sql), work, PreparedStatement::close);
    }

    /** Changes the time zone, in which the server reads times without one, and in which moments are shown. */
    public Mono<Void> zone(ZoneId zone) {
        return session.zone(zone);
    }

    /**
     * Puts time zone and database back to what they were after login.
     *
     * <p>Fails with {@code UNSUPPORTED} where a database was entered and none was set at login: IoTDB has no way to leave
     * one, and such a session has to be closed.
     */
    public Mono<Void> reset() {
        return session.reset();
    }

    /**
     * Asks the server for a sign of life. Behind statements that are under way the answer comes when they are answered;
     * else it is false after ten seconds.
     */
    @Override
    public Mono<Boolean> ping() {
        return session.ping();
    }

    /** Logs out and closes the connection. Statements under way fail. */
    @Override
    public Mono<Void> close() {
        return session.close();
    }

    @Override
    public Mono<Void> onClose() {
        return session.onClose();
    }

    /** Whether statements can still be sent; it may turn false at any moment. */
    public boolean isOpen() {
        return session.isOpen();
    }

    /** What the server said of itself at login. */
    public ServerInfo server() {
        return session.server();
    }

    /** The host that this session is with. */
    public Endpoint endpoint() {
        return session.endpoint();
    }

    /** The connection's name in logs and errors. */
    public String id() {
        return session.id();
    }

    public Dialect dialect() {
        return session.dialect();
    }

    public ZoneId zone() {
        return session.zone();
    }

    /** The table model's current database as far as we know it; null if none was entered. */
    public @Nullable String database() {
        return session.database();
    }

    /**
     * A value as a literal for this session's statements: in its dialect, its zone and the server's precision. The literal
     * stands for exactly that value and can not end early.
     *
     * @throws IllegalArgumentException if the value has no literal, saying which types have; the value is not in the text
     */
    public String literal(@Nullable Object value) {
        return session.literals().render(value);
    }

    /** Appends what {@link #literal} gives, without a text of its own for each value. */
    public void appendLiteral(StringBuilder out, @Nullable Object value) {
        session.literals().append(out, value);
    }

    /**
     * The types whose values, and those of their subtypes, have a {@link #literal}; single values (infinity, half a
     * character) may still be refused.
     */
    public static Set<Class<?>> literalTypes() {
        return Literals.TYPES;
    }

    @Override
    public String toString() {
        return session.id() + " to " + session.endpoint();
    }
}
