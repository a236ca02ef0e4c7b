package io.weir.iotdb.r2dbc;

import io.weir.core.ResultPart;
import io.weir.iotdb.IotdbSession;
import io.weir.iotdb.type.Dialect;
import io.weir.r2dbc.Binding;
import io.weir.r2dbc.Command;
import io.weir.r2dbc.DriverSession;
import io.weir.r2dbc.SessionTraits;
import io.weir.r2dbc.SqlSyntax;
import io.weir.r2dbc.Transactions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session of IoTDB as a driver needs it: values put into the text, rows of an INSERT counted, bindings joined. */
final class IotdbDriverSession implements DriverSession {

    static final String PRODUCT = "Apache IoTDB";

    private final IotdbSession session;
    private final SessionTraits traits;

    IotdbDriverSession(IotdbSession session) {
        this.session = session;
        this.traits = new SessionTraits(
                PRODUCT,
                session.server().version(),
                syntax(session.dialect()),
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
        return Flux.defer(() -> command instanceof Command.Batch batch ? run(batch) : run((Command.Run) command));
    }

    private Flux<ResultPart> run(Command.Run command) {
        InsertValues shape = InsertValues.of(command.sql().text(), traits.syntax());
        Rendering rendering = new Rendering(session::appendLiteral);
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
            InsertValues shape = InsertValues.of(sql, traits.syntax());
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
        return statements.size() == 1
                ? session.run(statements.get(0), command.fetchSize(), command.timeout())
                : session.run(statements, command.fetchSize(), command.timeout());
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
