package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.ColumnType;
import io.weir.server.tdengine.block.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values that a client bound: one column of some rows, or one tag.
 *
 * @param values may be made only when they are asked for
 * @param hasNulls whether one of them is null
 * @param longest how many bytes the longest of them has, where each has its own length
 */
public record BoundColumn(SqlType type, List<@Nullable Object> values, boolean hasNulls, int longest) {

    int rows() {
        return values.size();
    }

    /** Whether a column of this type certainly keeps all values just as they were bound: they need not be looked at. */
    boolean isKeptAsBound(ColumnType column) {
        if (column.kind() != type) {
            return false;
        }
        return switch (type) {
            case BOOL, TINYINT, SMALLINT, INT, BIGINT, UTINYINT, USMALLINT, UINT, UBIGINT, DOUBLE, TIMESTAMP -> true;
            // No text has more characters than bytes.
            case VARCHAR, NCHAR, VARBINARY -> longest <= column.length();
            default -> false;
        };
    }
}
