package io.weir.core.page;

import static io.weir.core.page.PageShape.BOOLEAN;
import static io.weir.core.page.PageShape.FLOATING;
import static io.weir.core.page.PageShape.INT;
import static io.weir.core.page.PageShape.LONG;
import static io.weir.core.page.PageShape.TEXT;

import io.weir.core.Columns;
import io.weir.core.Kind;
import io.weir.core.RowView;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import org.jspecify.annotations.Nullable;

/**
 * The base of every system's row view. The system reads its own bytes through the {@code …At} methods, one for each way
 * in which a value can be stored; bounds, nulls, the closed page, conversion and every error text are settled here.
 *
 * <p>An {@code …At} method is only called while the page is open, for a column that exists, of a kind that the method
 * names, and (but for {@link #isNullAt}) where the value is not null. A system overrides those that its kinds need. An
 * unsigned type takes the next wider kind: 32 bits become {@link Kind#INT64}, 64 bits {@link Kind#DECIMAL}.
 */
public abstract class AbstractRow implements RowView {

    static final String CLOSED_TEXT =
            "This page is closed and its rows are gone: a row is good only inside the function"
                    + " that it was handed to; take the values that you need out of it there";

    /* A closed page has no columns for its readers: so the one check of the bounds finds the closed page as well. */
    private static final byte[] CLOSED = {};

    private final PageShape shape;
    private byte[] routes;
    private int index = -1;

    protected AbstractRow(PageShape shape) {
        this.shape = shape;
        this.routes = shape.routes();
    }

    /** Whether the value is null. All kinds. */
    protected abstract boolean isNullAt(int column);

    /** INT8 to INT64: the value. TIMESTAMP: the raw count in {@link PageShape#unit()}. */
    protected long longAt(int column) {
        throw unread(column, "longAt");
    }

    /** FLOAT (widened) and DOUBLE. */
    protected double doubleAt(int column) {
        throw unread(column, "doubleAt");
    }

    /** BOOLEAN. */
    protected boolean booleanAt(int column) {
        throw unread(column, "booleanAt");
    }

    /** TEXT (as UTF-8) and BINARY: the bytes between position and limit, big-endian order, not copied. */
    protected ByteBuffer bytesAt(int column) {
        throw unread(column, "bytesAt");
    }

    /** TEXT. Worth overriding where the text can be had without a buffer object. */
    protected String textAt(int column) {
        return StandardCharsets.UTF_8.decode(bytesAt(column)).toString();
    }

    /** DECIMAL. */
    protected BigDecimal decimalAt(int column) {
        throw unread(column, "decimalAt");
    }

    /** DATE; a {@link java.time.DateTimeException} becomes an error that names the column. */
    protected LocalDate dateAt(int column) {
        throw unread(column, "dateAt");
    }

    /** TIME; a {@link java.time.DateTimeException} becomes an error that names the column. */
    protected LocalTime timeAt(int column) {
        throw unread(column, "timeAt");
    }

    /** DATETIME; a {@link java.time.DateTimeException} becomes an error that names the column. */
    protected LocalDateTime dateTimeAt(int column) {
        throw unread(column, "dateTimeAt");
    }

    /** The view now shows another row. For pages that have to walk to it. */
    protected void moved(int index) {}

    /** The row that is shown, zero-based. */
    protected final int index() {
        return index;
    }

    protected final PageShape shape() {
        return shape;
    }

    final void moveTo(int to) {
        index = to;
        moved(to);
    }

    final void close() {
        routes = CLOSED;
    }

    @Override
    public final Columns columns() {
        return shape.columns();
    }

    @Override
    public final boolean isNull(int column) {
        route(column);
        return isNullAt(column);
    }

    @Override
    public final long getLong(int column) {
        return (route(column) <= LONG && !isNullAt(column)) ? longAt(column) : present(column, Long.class);
    }

    @Override
    public final double getDouble(int column) {
        return (route(column) == FLOATING && !isNullAt(column)) ? doubleAt(column) : present(column, Double.class);
    }

    @Override
    public final boolean getBoolean(int column) {
        return (route(column) == BOOLEAN && !isNullAt(column)) ? booleanAt(column) : present(column, Boolean.class);
    }

    @Override
    public final @Nullable String getString(int column) {
        if (route(column) == TEXT) {
            return isNullAt(column) ? null : textAt(column);
        }
        return get(column, String.class);
    }

    @Override
    public final @Nullable ByteBuffer slice(int column) {
        route(column);
        if (isNullAt(column)) {
            return null;
        }
        Kind kind = shape.kind(column);
        if (kind != Kind.TEXT && kind != Kind.BINARY) {
            throw new IllegalArgumentException(
                    Conversions.name(this, column) + " has no bytes to show: slice is for TEXT and BINARY");
        }
        ByteBuffer bytes = bytesAt(column);
        return bytes.isReadOnly() ? bytes : bytes.asReadOnlyBuffer();
    }

    @Override
    // The matrix yields what Target says of the type; Class.cast would refuse the primitive classes, which Kotlin
    // passes.
    @SuppressWarnings("unchecked")
    public final <T> @Nullable T get(int column, Class<T> type) {
        byte route = route(column);
        if (isNullAt(column)) {
            return null;
        }
        Object value;
        if (type == Long.class && route <= LONG) {
            value = longAt(column);
        } else if (type == Double.class && route == FLOATING) {
            value = doubleAt(column);
        } else if (type == String.class && route == TEXT) {
            value = textAt(column);
        } else if (type == Integer.class && route == INT) {
            value = (int) longAt(column);
        } else if (type == Boolean.class && route == BOOLEAN) {
            value = booleanAt(column);
        } else {
            value = Conversions.convert(this, column, type);
        }
        return (T) value;
    }

    private byte route(int column) {
        byte[] r = routes;
        if (column < 0 || column >= r.length) {
            throw unreachable(column);
        }
        return r[column];
    }

    private <T> T present(int column, Class<T> type) {
        T value = get(column, type);
        if (value == null) {
            throw new IllegalStateException(Conversions.name(this, column) + " is null: ask isNull(" + column
                    + ") first, or use get(" + column + ", " + type.getSimpleName() + ".class)");
        }
        return value;
    }

    private RuntimeException unreachable(int column) {
        if (routes == CLOSED) {
            return new IllegalStateException(CLOSED_TEXT);
        }
        // Throws, with the text that Columns has for it.
        throw new AssertionError(columns().get(column) + " exists");
    }

    private IllegalStateException unread(int column, String reader) {
        return new IllegalStateException(getClass().getName() + " does not implement " + reader + ", which "
                + Conversions.name(this, column) + " needs");
    }
}
