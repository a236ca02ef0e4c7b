package io.weir.tdengine;

import io.weir.core.Endpoint;
import io.weir.core.Held;
import io.weir.core.ResultPart;
import io.weir.tdengine.protocol.Literals;
import io.weir.tdengine.session.LastingSession;
import io.weir.tdengine.session.Session;
import io.weir.tdengine.session.StatementSpec;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One logged-in connection. It keeps what statements do to it (the database that was entered, the time zone, prepared
 * statements), and it is gone when its connection is: nothing reconnects behind its back.
 *
 * <p>Any number of statements may be under way at once, from any thread; the server works on all of them at the same time
 * and answers in any order. Whatever needs the effect of another waits for its end.
 */
public final class TdengineSession implements Held, TdengineQueries {

    private final LastingSession lasting;
    private final Session session;

    TdengineSession(LastingSession lasting) {
        this.lasting = lasting;
        this.session = lasting.session();
    }

    @Override
    public Flux<ResultPart> run(String sql) {
        return lasting.run(session.spec(sql));
    }

    @Override
    public Flux<ResultPart> run(String sql, Duration timeout) {
        return lasting.run(new StatementSpec(sql, timeout));
    }

    @Override
    public <T> Flux<T> withStatement(String sql, Function<? super TdengineStatement, ? extends Publisher<T>> work) {
        return lasting.withStatement(sql, statement -> work.apply(new TdengineStatement(statement)));
    }

    /**
     * Prepares a statement, which the caller closes. Placeholders are {@code ?}, for values, tags and, in an INSERT, the
     * table's name. {@link #withStatement} keeps statements for the next use.
     */
    public Mono<TdengineStatement> prepare(String sql) {
        return session.prepare(sql).map(TdengineStatement::new);
    }

    @Override
    public Mono<Long> insert(Schemaless lines) {
        return session.insert(lines, session.spec("").timeout());
    }

    /** Changes the time zone, in which the server reads times without one, and in which moments are shown. */
    public Mono<Void> zone(ZoneId zone) {
        return lasting.zone(zone);
    }

    /** The current database; empty if there is none. */
    public Mono<String> database() {
        return session.database();
    }

    /**
     * Appends a value as a literal of SQL, for the places where a statement can have no placeholder. Whatever the value is,
     * it is read as one literal and nothing else.
     *
     * @param zone in which times without one are meant
     * @throws IllegalArgumentException if the value has no literal, saying which types have; the value is not in the text
     */
    public static void appendLiteral(StringBuilder out, @Nullable Object value, ZoneId zone) {
        Literals.append(out, inZone(value, zone));
    }

    /**
     * The types whose values, and those of their subtypes, have literals and can be bound to placeholders; single values
     * may still be refused.
     */
    public static Set<Class<?>> literalTypes() {
        return Literals.TYPES;
    }

    /**
     * A time without a zone as the moment that it is in that zone; any other value as it is. So what is bound is read back
     * the same, whatever zone the server thinks in.
     */
    public static @Nullable Object inZone(@Nullable Object value, ZoneId zone) {
        if (value instanceof LocalDateTime time) {
            return time.atZone(zone).toInstant();
        }
        return value instanceof LocalDate day ? day.atStartOfDay(zone).toInstant() : value;
    }

    /**
     * Puts time zone and database back to what they were after login.
     *
     * <p>Fails with {@code UNSUPPORTED} where a database was entered and none was set at login: TDengine has no way to
     * leave one, and such a session has to be closed.
     */
    public Mono<Void> reset() {
        return lasting.reset();
    }

    /** Asks the server for a sign of life; false after ten seconds without. */
    @Override
    public Mono<Boolean> ping() {
        return session.ping();
    }

    /** Closes the connection. Statements under way fail. */
    @Override
    public Mono<Void> close() {
        return session.close();
    }

    @Override
    public Mono<Void> onClose() {
        return session.onClose();
    }

    public boolean isOpen() {
        return session.isOpen();
    }

    /** The connection's name in logs and errors. */
    public String id() {
        return session.id();
    }

    public Endpoint endpoint() {
        return session.endpoint();
    }

    /** The server's version. */
    public ServerVersion version() {
        return session.version();
    }

    /** In which moments are shown. */
    public ZoneId zone() {
        return session.shownZone();
    }

    @Override
    public String toString() {
        return session.toString();
    }
}
