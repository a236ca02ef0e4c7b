package io.weir.iotdb.r2dbc;

import io.weir.core.ResultPart;
import io.weir.iotdb.IotdbSession;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.ServerInfo;
import io.weir.r2dbc.Command;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.SessionTraits;
import io.weir.r2dbc.SqlSyntax;
import io.weir.r2dbc.Transactions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session of IoTDB as a driver needs it, on a connection of its own. */
final class IotdbDriverSession implements DriverSession {

    static final String PRODUCT = "Apache IoTDB";

    private final IotdbSession session;
    private final SessionTraits traits;
    private final Commands commands;

    IotdbDriverSession(IotdbSession session) {
        this.session = session;
        this.traits = traits(session.server(), session.dialect());
        this.commands =
                new Commands(session, traits.syntax(), (out, place, value) -> session.appendLiteral(out, value));
    }

    static SessionTraits traits(ServerInfo server, Dialect dialect) {
        return new SessionTraits(
                PRODUCT,
                server.version(),
                syntax(dialect),
                IotdbSession.literalTypes(),
                false,
                false,
                "each statement stands for itself, and rows with the same time and tags overwrite each other: so write"
                        + " again what may have failed; many rows in one INSERT (Statement.add) travel together");
    }

    /** Both dialects double a quote to quote it, and know no backslashes. Only the table dialect has comments. */
    static SqlSyntax syntax(Dialect dialect) {
        return dialect == Dialect.TABLE
                ? SqlSyntax.STANDARD
                : new SqlSyntax(SqlSyntax.STANDARD.quotes(), List.of(), false, false).withQuote('`', false);
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
    public IotdbSession unwrap() {
        return session;
    }
}
