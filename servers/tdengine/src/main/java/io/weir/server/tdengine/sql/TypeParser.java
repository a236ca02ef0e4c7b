package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.block.ColumnType;
import io.weir.server.tdengine.block.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Column definitions. */
final class TypeParser {

    private static final int DEFAULT_LENGTH = 64;

    private TypeParser() {}

    static ColumnType type(Words words) {
        String word = words.name().toUpperCase(Locale.ROOT);
        return switch (word) {
            case "BOOL", "BOOLEAN" -> ColumnType.of(SqlType.BOOL);
            case "TINYINT" -> integer(words, SqlType.TINYINT, SqlType.UTINYINT);
            case "SMALLINT" -> integer(words, SqlType.SMALLINT, SqlType.USMALLINT);
            case "INT", "INTEGER" -> integer(words, SqlType.INT, SqlType.UINT);
            case "BIGINT" -> integer(words, SqlType.BIGINT, SqlType.UBIGINT);
            case "FLOAT" -> ColumnType.of(SqlType.FLOAT);
            case "DOUBLE" -> ColumnType.of(SqlType.DOUBLE);
            case "TIMESTAMP" -> ColumnType.of(SqlType.TIMESTAMP);
            case "JSON" -> ColumnType.of(SqlType.JSON);
            case "BLOB" -> ColumnType.of(SqlType.BLOB);
            case "VARCHAR", "BINARY" -> ColumnType.of(SqlType.VARCHAR, length(words));
            case "NCHAR" -> ColumnType.of(SqlType.NCHAR, length(words));
            case "VARBINARY" -> ColumnType.of(SqlType.VARBINARY, length(words));
            case "GEOMETRY" -> ColumnType.of(SqlType.GEOMETRY, length(words));
            case "DECIMAL", "NUMERIC" -> decimal(words);
            default -> throw TaosError.syntax(word);
        };
    }

    private static ColumnType integer(Words words, SqlType signed, SqlType unsigned) {
        return ColumnType.of(words.eat("unsigned") ? unsigned : signed);
    }

    private static int length(Words words) {
        if (!words.eat("(")) {
            return DEFAULT_LENGTH;
        }
        int length = Math.toIntExact(words.integer());
        words.expect(")");
        return length;
    }

    private static ColumnType decimal(Words words) {
        words.expect("(");
        int precision = Math.toIntExact(words.integer());
        int scale = words.eat(",") ? Math.toIntExact(words.integer()) : 0;
        words.expect(")");
        if (precision < 1 || precision > 38 || scale > precision) {
            throw new TaosError(0x2600, "DECIMAL(" + precision + "," + scale + ") is not possible");
        }
        return ColumnType.decimal(precision, scale);
    }

    /** {@code (name type, …)}; what may follow a type is read over. */
    static List<Column> columns(Words words) {
        words.expect("(");
        List<Column> columns = new ArrayList<>();
        do {
            String name = words.name();
            columns.add(new Column(name, type(words)));
            while (!words.peek().is(",") && !words.peek().is(")") && !words.atEnd()) {
                words.take();
            }
        } while (words.eat(","));
        words.expect(")");
        return List.copyOf(columns);
    }
}
