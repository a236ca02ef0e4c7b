package io.weir.tdengine.r2dbc;

import io.weir.core.ResultPart;
import io.weir.r2dbc.Command;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.SessionTraits;
import io.weir.r2dbc.SqlSyntax;
import io.weir.r2dbc.SqlSyntax.Quote;
import io.weir.r2dbc.Transactions;
import io.weir.tdengine.TdengineSession;
import io.weir.tdengine.type.ServerVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session of TDengine as a driver needs it, on a connection of its own. */
final class TdengineDriverSession implements DriverSession {

    static final String PRODUCT = "TDengine";

    /** Both kinds of quotes hold texts with backslashes, back-ticks hold names; {@code ::} means nothing. */
    static final SqlSyntax SYNTAX = new SqlSyntax(
            List.of(new Quote('\'', true), new Quote('"', true), new Quote('`', false)), List.of("--"), true, false);

    private final TdengineSession session;
    private final SessionTraits traits;
    private final Commands commands;

    TdengineDriverSession(TdengineSession session) {
        this.session = session;
        this.traits = traits(session.version());
        this.commands = new Commands(session, session::zone, prepares(session.version()));
    }

    static boolean prepares(ServerVersion version) {
        return version.isAtLeast(ServerVersion.STATEMENTS);
    }

    static SessionTraits traits(ServerVersion version) {
        return new SessionTraits(
                PRODUCT,
                version.toString(),
                SYNTAX,
                TdengineSession.literalTypes(),
                false,
                false,
                "each statement stands for itself, and rows with the same time overwrite each other in their table: so"
                        + " write again what may have failed; many rows (Statement.add) travel together");
    }

    @Override
    public SessionTraits traits() {
        return traits;
    }

    @Override
    public Flux<ResultPart> run(Command command) {
        return commands.run(command);
    }

    @Override
    public @Nullable Transactions transactions() {
        return null;
    }

    @Override
    public Mono<Void> reset() {
        return session.reset();
    }

    @Override
    public Mono<Boolean> ping() {
        return session.ping();
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
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public String id() {
        return session.id();
    }

    @Override
    public String endpoint() {
        return session.endpoint().toString();
    }

    @Override
    public TdengineSession unwrap() {
        return session;
    }
}
