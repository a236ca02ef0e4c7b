package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.ColumnType;
import io.weir.server.tdengine.block.SqlType;
import io.weir.server.tdengine.manner.Hint;
import io.weir.server.tdengine.manner.Manner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A statement with placeholders: parsed once, then bound and run. Errors of a bind leave it usable. */
public final class Prepared {

    private final SqlSession session;
    private final Hint hint;
    private final @Nullable PreparedInsert insert;
    private final @Nullable Select select;
    private List<Expr.Literal> parameters = List.of();

    private Prepared(SqlSession session, Hint hint, @Nullable PreparedInsert insert, @Nullable Select select) {
        this.session = session;
        this.hint = hint;
        this.insert = insert;
        this.select = select;
    }

    /** The tables that are named must exist. */
    public static Prepared of(SqlSession session, String sql) {
        return session.engine().locked(() -> {
            Command command = Parser.prepare(sql);
            return command instanceof Insert insert
                    ? new Prepared(session, Hint.of(sql), new PreparedInsert(session, insert), null)
                    : new Prepared(session, Hint.of(sql), null, (Select) command);
        });
    }

    public boolean isInsert() {
        return insert != null;
    }

    /** Null for a query, whose placeholders take any type. */
    public @Nullable List<Field> fields() {
        return insert == null ? null : insert.fields();
    }

    public int marks() {
        return insert == null
                ? Objects.requireNonNull(select).marks()
                : insert.fields().size();
    }

    public void bind(List<BoundTable> tables) {
        if (insert == null) {
            bindQuery(tables);
        } else {
            session.engine().locked(() -> {
                insert.bind(tables);
                return tables;
            });
        }
    }

    /** Binds columns in the order of the fields, table names and tags among them. */
    public void bindColumns(List<BoundColumn> columns) {
        if (insert == null) {
            bindQuery(List.of(new BoundTable("", List.of(), columns)));
        } else {
            session.engine().locked(() -> {
                insert.bindColumns(columns);
                return columns;
            });
        }
    }

    private void bindQuery(List<BoundTable> tables) {
        List<Expr.Literal> literals = new ArrayList<>();
        for (BoundColumn column : tables.get(0).columns()) {
            SqlType kind = column.type();
            ColumnType type = kind.isFixed() ? ColumnType.of(kind) : ColumnType.of(kind, 65517);
            literals.add(new Expr.Literal(column.values().get(0), type));
        }
        if (literals.size() != marks()) {
            throw new TaosError(
                    0x022A, "Stmt API usage error: " + literals.size() + " values bound, " + marks() + " wanted");
        }
        parameters = literals;
    }

    /** Stores what was bound, or runs the query. */
    public Answer execute() {
        if (insert != null) {
            return session.engine().locked(() -> new Answer.Update(insert.execute()));
        }
        Select query = Objects.requireNonNull(select);
        if (parameters.size() != query.marks()) {
            throw new TaosError(0x022A, "Stmt API usage error");
        }
        Answer.Rows rows = session.engine().locked(() -> query.run(session, parameters));
        return HintedCursor.over(rows, hint, session.engine().manners().number(Manner.BLOCK_ROWS));
    }
}
