package io.weir.iotdb.r2dbc;

import io.weir.r2dbc.Binding;
import io.weir.r2dbc.ParsedSql;
import io.weir.r2dbc.ParsedSql.Placeholder;
import io.weir.r2dbc.Rendering;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An INSERT that is executed for many bindings, joined into few statements with many rows each: what the server would do
 * one by one it does at once, and most of the cost of a statement is in its being one.
 *
 * <p>Only where that is the same: all placeholders stand among the values, and each row names its time. Rows without a
 * time get the server's clock, and in one statement they would all get the same.
 */
final class BulkInsert {

    /** The server reads a statement as a whole; past this it gains nothing more and needs memory for the tree of it. */
    private static final int MOST_CHARACTERS = 256 * 1024;

    private static final int MOST_ROWS = 1000;

    private final ParsedSql sql;
    private final InsertValues shape;

    private BulkInsert(ParsedSql sql, InsertValues shape) {
        this.sql = sql;
        this.shape = shape;
    }

    /** Null if the rows can not be joined. */
    static @Nullable BulkInsert of(ParsedSql sql, @Nullable InsertValues shape) {
        if (shape == null || !shape.namesTime()) {
            return null;
        }
        for (Placeholder placeholder : sql.placeholders()) {
            if (placeholder.start() < shape.valuesStart() || placeholder.end() > shape.valuesEnd()) {
                return null;
            }
        }
        return new BulkInsert(sql, shape);
    }

    /** The statements, each with how many of the bindings it covers. */
    List<Joined> join(List<Binding> bindings, Rendering rendering) {
        String head = sql.text().substring(0, shape.valuesStart());
        List<Joined> statements = new ArrayList<>();
        StringBuilder out = new StringBuilder(head);
        int covered = 0;
        for (int i = 0; i < bindings.size(); i++) {
            if (covered > 0 && (covered * shape.rows() >= MOST_ROWS || out.length() > MOST_CHARACTERS)) {
                statements.add(new Joined(out.toString(), covered));
                out.setLength(head.length());
                covered = 0;
            }
            if (covered > 0) {
                out.append(',');
            }
            rendering.append(out, sql, shape.valuesStart(), shape.valuesEnd(), bindings.get(i), i);
            covered++;
        }
        statements.add(new Joined(out.toString(), covered));
        return statements;
    }

    /** How many rows each binding inserts. */
    int rowsPerBinding() {
        return shape.rows();
    }

    /** A statement with the rows of several bindings. */
    record Joined(String sql, int bindings) {}
}
