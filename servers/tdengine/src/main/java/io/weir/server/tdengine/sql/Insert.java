package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An INSERT as it was written. */
record Insert(List<Part> parts, int marks) implements Command {

    /**
     * What goes to one table.
     *
     * @param table null where a placeholder stands for it
     * @param superTable of USING
     * @param tagNames null for all tags of the super table
     * @param columns null for all columns; with tbname among them the table is a super table
     */
    record Part(
            Words.@Nullable Name table,
            @Nullable String markDatabase,
            Words.@Nullable Name superTable,
            @Nullable List<String> tagNames,
            @Nullable List<Expr> tags,
            @Nullable List<String> columns,
            List<List<Expr>> rows) {

        boolean namesTables() {
            return columns != null && columns.contains("tbname");
        }
    }

    @Override
    public Answer run(SqlSession session) {
        Evaluator evaluator = new Evaluator(new Scope(List.of()), List.of(), session.moment(Precision.MILLIS), session);
        Writes writes = new Writes(session);
        for (Part part : parts) {
            if (part.table() == null) {
                throw TaosError.syntax("?");
            }
            for (List<Expr> row : part.rows()) {
                writes.add(
                        part, part.table(), values(part.tags(), evaluator, session), values(row, evaluator, session));
            }
        }
        return new Answer.Update(writes.finish());
    }

    private static @Nullable Object[] values(@Nullable List<Expr> exprs, Evaluator evaluator, SqlSession session) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Expr expr : exprs == null ? List.<Expr>of() : exprs) {
            boolean relative = evaluator.typing().of(expr).kind() == SqlType.TIMESTAMP;
            // NOW depends on the table's precision, which is known when the value is stored.
            values.add(relative ? new Writes.Later(expr, session) : evaluator.value(expr, new Object[0]));
        }
        return values.toArray();
    }
}
