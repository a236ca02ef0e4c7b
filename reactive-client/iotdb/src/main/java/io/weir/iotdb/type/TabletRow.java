package io.weir.iotdb.type;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The row of a tablet that was added last. Columns are named, or numbered from 0, which spares the look-up. A value that
 * was not set is null; one that is set again is replaced. Numbers are taken where they are exactly a value of the column.
 *
 * <p>Every setter throws {@link IllegalArgumentException} for a value that the column can not take, naming column and row;
 * the row is then as if that had not been called. They throw {@link IllegalStateException} once the tablet is in flight.
 */
public final class TabletRow {

    private final Tablet tablet;
    private final TabletRows rows;
    private int row;

    TabletRow(Tablet tablet, TabletRows rows) {
        this.tablet = tablet;
        this.rows = rows;
    }

    void moveTo(int number) {
        row = number;
    }

    /** The number of this row in its tablet, from 0. */
    public int number() {
        return row;
    }

    private TabletColumn column(int number) {
        return rows.column(number, row);
    }

    public TabletRow set(int column, boolean value) {
        column(column).set(row, value);
        return this;
    }

    /** A whole number; for a TIMESTAMP column a count in the server's precision. */
    public TabletRow set(int column, long value) {
        column(column).set(row, value);
        return this;
    }

    public TabletRow set(int column, float value) {
        column(column).set(row, value);
        return this;
    }

    public TabletRow set(int column, double value) {
        column(column).set(row, value);
        return this;
    }

    public TabletRow set(int column, CharSequence value) {
        column(column).set(row, value);
        return this;
    }

    /** Bytes, which are copied. */
    public TabletRow set(int column, byte[] value) {
        column(column).set(row, value);
        return this;
    }

    public TabletRow set(int column, Instant value) {
        TabletColumn values = column(column);
        if (values.type() != IotdbType.TIMESTAMP) {
            throw values.refusal(row, "an Instant");
        }
        long count;
        try {
            count = tablet.count(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Row " + row + ", column '" + values.name() + "': " + e.getMessage(), e);
        }
        values.set(row, count);
        return this;
    }

    public TabletRow set(int column, LocalDate value) {
        TabletColumn values = column(column);
        if (value.getYear() < 1000 || value.getYear() > 9999) {
            throw values.refusal(row, "a date of the year " + value.getYear());
        }
        values.setDate(row, value.getYear() * 10_000 + value.getMonthValue() * 100 + value.getDayOfMonth());
        return this;
    }

    /** Null, also where a value was set before. */
    public TabletRow setNull(int column) {
        column(column).setNull(row);
        return this;
    }

    /** A value of whatever type it is, or null: for values that are objects already. */
    public TabletRow set(int column, @Nullable Object value) {
        if (value == null) {
            return setNull(column);
        } else if (value instanceof Boolean bool) {
            return set(column, bool.booleanValue());
        } else if (value instanceof Double number) {
            return set(column, number.doubleValue());
        } else if (value instanceof Float number) {
            return set(column, number.floatValue());
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return set(column, ((Number) value).longValue());
        } else if (value instanceof CharSequence text) {
            return set(column, text);
        } else if (value instanceof Instant moment) {
            return set(column, moment);
        } else if (value instanceof LocalDate date) {
            return set(column, date);
        } else if (value instanceof byte[] bytes) {
            return set(column, bytes);
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return set(column, copy);
        }
        throw column(column).refusal(row, "a value of type " + value.getClass().getName());
    }

    public TabletRow set(String column, boolean value) {
        return set(rows.number(column), value);
    }

    /** A whole number; for a TIMESTAMP column a count in the server's precision. */
    public TabletRow set(String column, long value) {
        return set(rows.number(column), value);
    }

    public TabletRow set(String column, float value) {
        return set(rows.number(column), value);
    }

    public TabletRow set(String column, double value) {
        return set(rows.number(column), value);
    }

    public TabletRow set(String column, CharSequence value) {
        return set(rows.number(column), value);
    }

    /** Bytes, which are copied. */
    public TabletRow set(String column, byte[] value) {
        return set(rows.number(column), value);
    }

    public TabletRow set(String column, Instant value) {
        return set(rows.number(column), value);
    }

    public TabletRow set(String column, LocalDate value) {
        return set(rows.number(column), value);
    }

    /** Null, also where a value was set before. */
    public TabletRow setNull(String column) {
        return setNull(rows.number(column));
    }

    /** A value of whatever type it is, or null: for values that are objects already. */
    public TabletRow set(String column, @Nullable Object value) {
        return set(rows.number(column), value);
    }
}
