package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.block.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code DESCRIBE table}. */
final class Describe {

    private Describe() {}

    static Answer run(SqlSession session, Words.Name name) {
        Table table = session.database(name.database()).table(name.name());
        List<@Nullable Object[]> rows = new ArrayList<>();
        table.columns().forEach(column -> rows.add(row(column, "")));
        table.tags().forEach(tag -> rows.add(row(tag, "TAG")));
        return Answer.Rows.of(
                List.of(
                        Column.text("field", 64),
                        Column.text("type", 32),
                        Column.of("length", SqlType.INT),
                        Column.text("note", 12)),
                Precision.MILLIS,
                rows.iterator(),
                Generated.BLOCK_ROWS);
    }

    private static @Nullable Object[] row(Column column, String note) {
        return new Object[] {
            column.name(), column.type().sqlName(), (long) column.type().length(), note
        };
    }

    /** With the length where the user chose one. */
    static String typeName(Column column) {
        return switch (column.type().kind()) {
            case VARCHAR, NCHAR, VARBINARY, GEOMETRY ->
                column.type().sqlName() + "(" + column.type().length() + ")";
            default -> column.type().sqlName();
        };
    }
}
