package io.weir.tdengine.r2dbc;

import io.weir.core.ResultPart;
import io.weir.r2dbc.Binding;
import io.weir.r2dbc.Command;
import io.weir.r2dbc.ParsedSql;
import io.weir.r2dbc.Rendering;
import io.weir.tdengine.TdengineSession;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;

/** Statements as texts, one after another, their values as literals. */
final class TextCommands {

    private final Function<String, Flux<ResultPart>> statement;
    private final Supplier<ZoneId> zone;

    /**
     * @param statement runs one
     * @param zone in which times without one are meant
     */
    TextCommands(Function<String, Flux<ResultPart>> statement, Supplier<ZoneId> zone) {
        this.statement = statement;
        this.zone = zone;
    }

    Flux<ResultPart> run(Command command) {
        return command instanceof Command.Batch batch ? inOrder(batch.statements()) : run((Command.Run) command);
    }

    private Flux<ResultPart> run(Command.Run command) {
        ParsedSql sql = command.sql();
        List<Binding> bindings = command.bindings();
        if (sql.placeholders().isEmpty()) {
            return inOrder(Collections.nCopies(bindings.size(), sql.text()));
        }
        Rendering rendering = rendering(StatementShape.of(sql, TdengineDriverSession.SYNTAX));
        return inOrder(IntStream.range(0, bindings.size())
                .mapToObj(i -> rendering.render(sql, bindings.get(i), i))
                .toList());
    }

    private Rendering rendering(StatementShape shape) {
        return new Rendering(TdengineConnectionFactoryProvider.DRIVER, (out, place, value) -> {
            if (value != null && shape.tableNames().contains(place.start())) {
                TableName.append(out, value);
            } else {
                TdengineSession.appendLiteral(out, value, zone.get());
            }
        });
    }

    private Flux<ResultPart> inOrder(List<String> texts) {
        return texts.size() == 1
                ? statement.apply(texts.get(0))
                : Flux.concat(texts.stream().map(statement).toList());
    }
}
