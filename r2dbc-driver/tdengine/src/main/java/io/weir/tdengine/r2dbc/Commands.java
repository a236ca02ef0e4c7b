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
import io.weir.r2dbc.ParsedSql;
import io.weir.tdengine.TdengineQueries;
import io.weir.tdengine.TdengineSession;
import io.weir.tdengine.r2dbc.StatementShape.Way;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Runs a driver's commands on a client or a session: values travel by prepared statements where the server takes them so,
 * else in the text.
 */
final class Commands {

    /** The limit of time is kept above, where it stops a command in every state. */
    private static final Duration NO_LIMIT = Duration.ZERO;

    private final TdengineQueries queries;
    private final Supplier<ZoneId> zone;
    private final boolean prepares;
    private final TextCommands texts;

    /**
     * @param zone in which times without one are meant
     * @param prepares whether the server prepares statements
     */
    Commands(TdengineQueries queries, Supplier<ZoneId> zone, boolean prepares) {
        this.queries = queries;
        this.zone = zone;
        this.prepares = prepares;
        this.texts = new TextCommands(sql -> queries.run(sql, NO_LIMIT), zone);
    }

    Flux<ResultPart> run(Command command) {
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
        return prepares
                        && command instanceof Command.Run run
                        && !run.sql().placeholders().isEmpty()
                ? StatementShape.of(run.sql(), TdengineDriverSession.SYNTAX).way()
                : Way.TEXT;
    }

    private Flux<ResultPart> write(Command.Run command) {
        ParsedSql sql = command.sql();
        List<Binding> bindings = command.bindings();
        return queries.withStatement(
                        sql.replace(parameter -> "?"),
                        statement -> statement.write(
                                WriteBatches.of(zone.get(), sql, statement.fields(), bindings), NO_LIMIT))
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
                .forEach(place -> values.add(TdengineSession.inZone(
                        binding.values().get(place.parameter()).value(), zone.get())));
        return queries.withStatement(sql.replace(parameter -> "?"), statement -> statement.query(values, NO_LIMIT))
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
}
