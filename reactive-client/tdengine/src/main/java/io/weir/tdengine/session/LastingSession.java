package io.weir.tdengine.session;

import io.weir.core.Endpoint;
import io.weir.core.ResultPart;
import io.weir.core.wire.Lane;
import io.weir.tdengine.protocol.SqlText;
import java.time.ZoneId;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A login, together with the prepared statements that are kept on it from one use to the next. */
public final class LastingSession implements Lane {

    private final Session session;
    private final Names names;
    private final StatementCache statements;

    /**
     * @param names those of the client
     * @param keptStatements how many prepared statements are kept while nobody uses them
     */
    public LastingSession(Session session, Names names, int keptStatements) {
        this.session = session;
        this.names = names.ofSession();
        this.statements = new StatementCache(session, this.names, keptStatements);
    }

    /** For all that needs no prepared statements and changes no names. */
    public Session session() {
        return session;
    }

    /** Runs a statement for each subscriber, at his first demand. */
    public Flux<ResultPart> run(StatementSpec spec) {
        Flux<ResultPart> parts = session.run(spec);
        if (SqlText.isBinding(spec.sql())) {
            return forgetting(parts, names::changedHere);
        }
        return SqlText.changesNames(spec.sql()) ? forgetting(parts, names::changedEverywhere) : parts;
    }

    /** Twice, for the statements that are prepared in the meantime. */
    private Flux<ResultPart> forgetting(Flux<ResultPart> parts, Runnable changed) {
        return parts.doOnSubscribe(running -> changed.run()).doFinally(over -> {
            changed.run();
            statements.closeOld();
        });
    }

    /** Lends a prepared statement, of those that are kept or a new one. */
    public <T> Flux<T> withStatement(String sql, Function<? super Prepared, ? extends Publisher<T>> work) {
        return Flux.usingWhen(statements.take(sql), lease -> work.apply(lease.statement()), statements::giveBack);
    }

    /** Changes the time zone, by which prepared statements have read their texts. */
    public Mono<Void> zone(ZoneId zone) {
        return session.zone(zone).doFinally(over -> forget());
    }

    /** Puts zone and database back to what they were after login. */
    public Mono<Void> reset() {
        return session.reset().doFinally(over -> forget());
    }

    private void forget() {
        names.changedHere();
        statements.closeOld();
    }

    // --- as one of several ----------------------------------------------------------------------------------------

    @Override
    public Endpoint endpoint() {
        return session.endpoint();
    }

    @Override
    public int pending() {
        return session.pending();
    }

    @Override
    public long headAge() {
        return session.headAge();
    }

    @Override
    public boolean isHeldBack() {
        return session.isHeldBack();
    }

    @Override
    public boolean isFit() {
        return session.isFit();
    }

    @Override
    public void whenFree(Runnable listener) {
        session.whenFree(listener);
    }

    @Override
    public Mono<Void> close() {
        return session.close();
    }

    @Override
    public Mono<Void> onClose() {
        return session.onClose();
    }

    @Override
    public String toString() {
        return session.toString();
    }
}
