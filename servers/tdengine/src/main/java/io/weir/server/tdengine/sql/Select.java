package io.weir.server.tdengine.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query as it was written.
 *
 * @param items null for {@code *}
 * @param source null where there is no FROM
 * @param marks number of placeholders
 */
record Select(
        boolean distinct,
        @Nullable List<Item> items,
        @Nullable Source source,
        @Nullable Expr where,
        List<Expr> groups,
        List<Order> orders,
        @Nullable Expr limit,
        @Nullable Expr offset,
        int marks)
        implements Command {

    record Item(Expr expr, String name) {}

    record Order(Expr expr, boolean descending) {}

    /** A table, or a query in brackets. */
    record Source(Words.@Nullable Name table, @Nullable Select query) {}

    @Override
    public Answer run(SqlSession session) {
        return run(session, List.of());
    }

    Answer.Rows run(SqlSession session, List<Expr.Literal> bound) {
        return new SelectRunner(this, session, bound).run();
    }
}
