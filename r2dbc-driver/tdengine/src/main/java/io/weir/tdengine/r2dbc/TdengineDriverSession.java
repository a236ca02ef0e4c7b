package io.weir.tdengine.r2dbc;

import io.weir.core.ErrorKind;
import io.weir.core.ResultPart;
import io.weir.core.ResultPart.Count;
import io.weir.core.ResultPart.End;
import io.weir.core.ResultPart.Failure;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.r2dbc.Binding;
import io.weir.r2dbc.Command;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.ParsedSql;
import io.weir.r2dbc.SessionTraits;
import io.weir.r2dbc.SqlSyntax;
import io.weir.r2dbc.SqlSyntax.Quote;
import io.weir.r2dbc.Transactions;
import io.weir.tdengine.TdengineSession;
import io.weir.tdengine.r2dbc.StatementShape.Way;
import io.weir.tdengine.type.ServerVersion;
import io.weir.tdengine.type.TableBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session of TDengine as a driver needs it: values travel by prepared statements where the server takes them so. */
final class TdengineDriverSession implements DriverSession {

    static final String PRODUCT = "TDengine";

    /** Both kinds of quotes hold texts with backslashes, back-ticks hold names; {@code ::} means nothing. */
    static final SqlSyntax SYNTAX = new SqlSyntax(
            List.of(new Quote('\'', true), new Quote('"', true), new Quote('`', false)), List.of("--"), true, false);

    /** The limit of time is kept above, where it stops a command in every state. */
    private static final Duration NO_LIMIT = Duration.ZERO;

    private final TdengineSession session;
    private final SessionTraits traits;
    private final PreparedStatements statements;
    private final TextCommands texts;

    TdengineDriverSession(TdengineSession session, int cachedStatements) {
        this.session = session;
        this.statements = new PreparedStatements(session, cachedStatements);
        this.traits = traits(session.version());
        this.texts = new TextCommands(this::text, session::zone);
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
        return Flux.defer(() -> switch (way(command)) {
            case PREPARED_WRITE -> write((Command.Run) command);
            case PREPARED_QUERY ->
                Flux.concat(((Command.Run) command)
                        .bindings().stream()
                                .map(binding -> query(((Command.Run) command).sql(), binding))
                                .toList());
            case TEXT -> texts.run(command);
        });
    }

    private Way way(Command command) {
        return command instanceof Command.Run run
                        && !run.sql().placeholders().isEmpty()
                        && session.version().isAtLeast(ServerVersion.STATEMENTS)
                ? StatementShape.of(run.sql(), SYNTAX).way()
                : Way.TEXT;
    }

    private Flux<ResultPart> text(String sql) {
        Flux<ResultPart> parts = session.run(sql, NO_LIMIT);
        return StatementShape.changesNames(sql, SYNTAX)
                // Twice, for the statements that are prepared in the meantime.
                ? parts.doOnSubscribe(running -> statements.forget()).doFinally(over -> statements.forget())
                : parts;
    }

    private Flux<ResultPart> write(Command.Run command) {
        ParsedSql sql = command.sql();
        List<Binding> bindings = command.bindings();
        return Flux.usingWhen(
                        statements.take(sql.replace(parameter -> "?")),
                        lease -> {
                            List<TableBatch> batches = WriteBatches.of(
                                    session, sql, lease.statement().fields(), bindings);
                            return lease.statement().write(batches, NO_LIMIT);
                        },
                        statements::giveBack)
                .flatMapIterable(
                        affected -> results(bindings.size(), affected == bindings.size() ? new Count(1) : null))
                .onErrorResume(
                        WeirException.class,
                        error -> isRefusal(error)
                                ? Flux.fromIterable(
                                        results(bindings.size(), new Failure(explain(error, bindings.size()))))
                                : Flux.error(error));
    }

    private Flux<ResultPart> query(ParsedSql sql, Binding binding) {
        List<@Nullable Object> values = new ArrayList<>();
        sql.placeholders()
                .forEach(place -> values.add(
                        session.inZone(binding.values().get(place.parameter()).value())));
        return Flux.usingWhen(
                        statements.take(sql.replace(parameter -> "?")),
                        lease -> lease.statement().query(values, NO_LIMIT),
                        statements::giveBack)
                .onErrorResume(
                        WeirException.class,
                        error -> isRefusal(error)
                                ? Flux.fromIterable(results(1, new Failure(error)))
                                : Flux.error(error));
    }

    /**
     * One result for each binding. The server tells one number for all of them: as many rows as there were bindings are one
     * for each; any other number can not be divided, and no result has one then.
     */
    private static List<ResultPart> results(int bindings, @Nullable ResultPart each) {
        List<ResultPart> results = new ArrayList<>(2 * bindings);
        for (int i = 0; i < bindings; i++) {
            if (each != null) {
                results.add(each);
            }
            results.add(End.INSTANCE);
        }
        return results;
    }

    /** Whether the server has said no, and goes on. */
    private static boolean isRefusal(WeirException error) {
        return error.sent() == Sent.ANSWERED && error.kind() != ErrorKind.PROTOCOL;
    }

    private static WeirException explain(WeirException error, int bindings) {
        return bindings == 1
                ? error
                : error.toBuilder()
                        .message(error.getMessage() + " The " + bindings
                                + " bindings were sent together, and the server may have written some of them.")
                        .build();
    }

    @Override
    public @Nullable Transactions transactions() {
        return null;
    }

    @Override
    public Mono<Void> reset() {
        return session.reset().doOnSubscribe(asked -> statements.forget());
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
