package io.weir.iotdb.r2dbc;

import io.weir.core.ResultPart;
import io.weir.iotdb.IotdbQueries;
import io.weir.iotdb.type.CallLimits;
import io.weir.r2dbc.Binding;
import io.weir.r2dbc.Command;
import io.weir.r2dbc.Rendering;
import io.weir.r2dbc.SqlSyntax;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/** Runs a driver's commands on a client or a session: values put into the text, rows of an INSERT counted, bindings joined. */
final class Commands {

    private final IotdbQueries queries;
    private final SqlSyntax syntax;
    private final Rendering rendering;

    Commands(IotdbQueries queries, SqlSyntax syntax, Rendering.Literal literal) {
        this.queries = queries;
        this.syntax = syntax;
        this.rendering = new Rendering("iotdb", literal);
    }

    Flux<ResultPart> run(Command command) {
        return Flux.defer(() -> command instanceof Command.Batch batch ? run(batch) : run((Command.Run) command));
    }

    private Flux<ResultPart> run(Command.Run command) {
        InsertValues shape = InsertValues.of(command.sql().text(), syntax);
        List<Binding> bindings = command.bindings();
        BulkInsert bulk = bindings.size() == 1 ? null : BulkInsert.of(command.sql(), shape);
        if (bulk != null) {
            List<BulkInsert.Joined> joined = bulk.join(bindings, rendering);
            List<String> statements =
                    joined.stream().map(BulkInsert.Joined::sql).toList();
            return InsertCounts.count(
                    send(statements, command),
                    joined.stream()
                            .map(j -> new InsertCounts.Sent(j.bindings(), bulk.rowsPerBinding()))
                            .toList());
        }
        List<String> statements = new ArrayList<>(bindings.size());
        for (int i = 0; i < bindings.size(); i++) {
            statements.add(rendering.render(command.sql(), bindings.get(i), i));
        }
        Flux<ResultPart> parts = send(statements, command);
        return shape == null
                ? parts
                : InsertCounts.count(
                        parts,
                        statements.stream()
                                .map(sql -> new InsertCounts.Sent(1, shape.rows()))
                                .toList());
    }

    /**
     * Neighbours of one kind go together: INSERTs, whose rows are counted, and all others, whose pages must pass through no
     * operator that could hold one.
     */
    private Flux<ResultPart> run(Command.Batch batch) {
        List<Flux<ResultPart>> groups = new ArrayList<>();
        List<String> statements = new ArrayList<>();
        List<InsertCounts.Sent> counts = new ArrayList<>();
        for (String sql : batch.statements()) {
            InsertValues shape = InsertValues.of(sql, syntax);
            if (!statements.isEmpty() && counts.isEmpty() != (shape == null)) {
                groups.add(group(statements, counts, batch));
            }
            statements.add(sql);
            if (shape != null) {
                counts.add(new InsertCounts.Sent(1, shape.rows()));
            }
        }
        groups.add(group(statements, counts, batch));
        return Flux.concat(groups);
    }

    private Flux<ResultPart> group(List<String> statements, List<InsertCounts.Sent> counts, Command.Batch batch) {
        Flux<ResultPart> parts = send(List.copyOf(statements), batch);
        Flux<ResultPart> group = counts.isEmpty() ? parts : InsertCounts.count(parts, List.copyOf(counts));
        statements.clear();
        counts.clear();
        return group;
    }

    private Flux<ResultPart> send(List<String> statements, Command command) {
        CallLimits limits = new CallLimits(command.timeout(), command.fetchSize());
        return statements.size() == 1 ? queries.run(statements.get(0), limits) : queries.run(statements, limits);
    }
}
