package io.weir.core;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One row of a {@link Page}, as a view: an index and typed readers. The primitive readers box nothing and copy nothing.
 *
 * <p>All readers throw {@link IndexOutOfBoundsException} for a column that does not exist, {@link IllegalStateException}
 * once the page is closed, and {@link IllegalArgumentException} for a conversion that is not possible or would lose
 * digits; the text says what would be possible.
 */
public interface RowView {

    /** The columns of this row's page. */
    Columns columns();

    /** Whether the value is null; the primitive readers refuse a null with {@link IllegalStateException}. */
    boolean isNull(int column);

    /** A whole number; time columns give their raw count in the column's own precision. */
    long getLong(int column);

    /** A number as double. */
    double getDouble(int column);

    /** A boolean. */
    boolean getBoolean(int column);

    /** The value as text; every type but {@link Kind#BINARY} has a text form. */
    @Nullable String getString(int column);

    /** The bytes of a text or binary value: a read-only view, valid as long as the page. */
    @Nullable ByteBuffer slice(int column);

    /**
     * The value as the given type; {@code Object.class} asks for the column's default type.
     *
     * @throws IllegalArgumentException if this column can not become that type
     */
    <T> @Nullable T get(int column, Class<T> type);

    /** The value under a label; labels are found whatever their case, and the first wins. */
    default <T> @Nullable T get(String name, Class<T> type) {
        return get(columns().indexOf(name), type);
    }

    /** The value in the column's default type. */
    default @Nullable Object get(int column) {
        return get(column, Object.class);
    }
}
