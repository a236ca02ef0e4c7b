package io.weir.tdengine.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Values to be bound to one placeholder, one for each row, kept as they travel: so a million values are a few arrays. Not
 * thread-safe.
 *
 * <p>Whatever does not fit the column is refused by {@link IllegalArgumentException}, which names column and row; nothing
 * is added then.
 */
public final class ColumnBatch {

    private final StatementField field;
    private final TdengineType type;
    private final ColumnBuffer values;

    private ColumnBatch(StatementField field) {
        this.field = field;
        this.type = field.type();
        this.values = new ColumnBuffer(type);
    }

    /** No values yet, for that placeholder. */
    public static ColumnBatch of(StatementField field) {
        return new ColumnBatch(field);
    }

    public StatementField field() {
        return field;
    }

    /** How many values there are. */
    public int rows() {
        return values.rows();
    }

    /** How many bytes they take. */
    public long bytes() {
        return values.bytes();
    }

    public boolean isNull(int row) {
        return values.isNull(row);
    }

    /** Whether there is no value that is not null. */
    public boolean isAllNull() {
        return values.isAllNull();
    }

    /** One byte for each row: 1 is null. As it travels; read-only. */
    public ByteBuffer nulls() {
        return values.nulls();
    }

    /** How many bytes the value of a row has; only for types that are bound by length. */
    public int length(int row) {
        return values.length(row);
    }

    /** Their lengths, four bytes each, as they travel; read-only, and empty for types of fixed width. */
    public ByteBuffer lengths() {
        return values.lengths();
    }

    /** The values one after another, as they travel; read-only. */
    public ByteBuffer data() {
        return values.data();
    }

    /** Adds a null. */
    public ColumnBatch addNull() {
        values.putNull();
        return this;
    }

    /** Adds whole numbers; for TIMESTAMP the raw counts. */
    public ColumnBatch addLongs(long... values) {
        for (long value : values) {
            addLong(value);
        }
        return this;
    }

    /** Adds whole numbers. */
    public ColumnBatch addInts(int... values) {
        for (int value : values) {
            addLong(value);
        }
        return this;
    }

    /** Adds numbers. */
    public ColumnBatch addDoubles(double... values) {
        for (double value : values) {
            addDouble(value);
        }
        return this;
    }

    /** Adds numbers. */
    public ColumnBatch addFloats(float... values) {
        for (float value : values) {
            addDouble(value);
        }
        return this;
    }

    /** Adds truth values. */
    public ColumnBatch addBooleans(boolean... values) {
        for (boolean value : values) {
            addBoolean(value);
        }
        return this;
    }

    /** Adds values of any kind, nulls too. */
    public ColumnBatch addAll(@Nullable Object... values) {
        for (Object value : values) {
            add(value);
        }
        return this;
    }

    /** Adds a whole number; for TIMESTAMP the raw count, for BIGINT UNSIGNED one that is not negative. */
    public ColumnBatch addLong(long value) {
        if (type == TdengineType.TIMESTAMP || type == TdengineType.BIGINT) {
            return addBits(value);
        }
        switch (type) {
            case BOOL -> within(value, 0, 1);
            case TINYINT -> within(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> within(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> within(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case TINYINT_UNSIGNED -> within(value, 0, 0xff);
            case SMALLINT_UNSIGNED -> within(value, 0, 0xffff);
            case INT_UNSIGNED -> within(value, 0, 0xffff_ffffL);
            case BIGINT_UNSIGNED -> within(value, 0, Long.MAX_VALUE);
            case FLOAT, DOUBLE -> {
                if ((long) (double) value != value) {
                    throw refused("the whole number has more digits than a " + type.sqlName());
                }
                return addDouble((double) value);
            }
            case DECIMAL, DECIMAL64 -> {
                return addDecimal(BigDecimal.valueOf(value));
            }
            default -> throw refused(Long.class);
        }
        return addBits(value);
    }

    /** Adds a number; FLOAT rounds it. */
    public ColumnBatch addDouble(double value) {
        switch (type) {
            case FLOAT -> {
                if (Float.isInfinite((float) value) && Double.isFinite(value)) {
                    throw refused(value + " is too large for a FLOAT");
                }
                return addBits(Float.floatToRawIntBits((float) value));
            }
            case DOUBLE -> {
                return addBits(Double.doubleToRawLongBits(value));
            }
            case DECIMAL, DECIMAL64 -> {
                if (!Double.isFinite(value)) {
                    throw refused(value + " is no decimal");
                }
                return addDecimal(BigDecimal.valueOf(value));
            }
            default -> throw refused(Double.class);
        }
    }

    /** Adds a truth value. */
    public ColumnBatch addBoolean(boolean value) {
        if (type != TdengineType.BOOL) {
            throw refused(Boolean.class);
        }
        return addBits(value ? 1 : 0);
    }

    /** Adds a text. */
    public ColumnBatch addText(CharSequence value) {
        switch (type) {
            case VARCHAR, NCHAR, JSON -> {
                String text = value.toString();
                if (values.putPlain(text)) {
                    fits((type == TdengineType.NCHAR ? 4L : 1L) * text.length());
                    values.keepPlain(text.length());
                    return this;
                }
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                fits(type == TdengineType.NCHAR ? 4L * text.codePoints().count() : bytes.length);
                return addRaw(bytes);
            }
            default -> throw refused(value.getClass());
        }
    }

    /** Adds bytes; a VARCHAR takes them as they are. */
    public ColumnBatch addBytes(byte[] value) {
        switch (type) {
            case VARCHAR, VARBINARY, BLOB, GEOMETRY -> {
                fits(value.length);
                return addRaw(value);
            }
            default -> throw refused(value.getClass());
        }
    }

    /** Adds a decimal, with all its digits or not at all. */
    public ColumnBatch addDecimal(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        int whole = plain.precision() - plain.scale();
        if (field.digits() > 0 && (plain.scale() > field.scale() || whole > field.digits() - field.scale())) {
            throw refused("the value has more digits than " + type.describe(0, field.digits(), field.scale()));
        }
        if (!type.isDecimal() || plain.precision() > 38 || whole > 38 || plain.scale() > 38) {
            throw refused(type.isDecimal() ? "a decimal has up to 38 digits" : "it takes no decimals");
        }
        return addRaw(value.toPlainString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Adds a value of any kind that this type takes; null too. */
    public ColumnBatch add(@Nullable Object value) {
        AnyValue.add(this, value);
        return this;
    }

    /** For BIGINT UNSIGNED. */
    void addUnsigned(BigInteger number) {
        if (number.signum() < 0 || number.bitLength() > Long.SIZE) {
            throw refused(number + " is not between 0 and 18446744073709551615");
        }
        addBits(number.longValue());
    }

    /** For TIMESTAMP. */
    void addMoment(Instant moment) {
        try {
            addBits(field.precision().toCount(moment));
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    TdengineType type() {
        return type;
    }

    /** Takes all values back, and keeps the room for as many. */
    void clear() {
        values.clear();
    }

    /** Takes back what was added behind the first rows. */
    void truncate(int to) {
        values.truncate(to);
    }

    private void within(long value, long least, long most) {
        if (value < least || value > most) {
            throw refused(value + " is not between " + least + " and " + most);
        }
    }

    /* The server's figure may count the head of two bytes or not: what this refuses does not fit in either case. */
    private void fits(long bytes) {
        if (field.bytes() > 0 && bytes > field.bytes()) {
            throw refused("the value takes " + bytes + " bytes, and the column holds " + field.bytes());
        }
    }

    private ColumnBatch addBits(long bits) {
        values.putBits(bits);
        return this;
    }

    private ColumnBatch addRaw(byte[] bytes) {
        values.putBytes(bytes);
        return this;
    }

    IllegalArgumentException refused(Class<?> valueType) {
        return refused("a value of type " + valueType.getName() + " can not be bound to it; possible are "
                + BoundTypes.possible(type));
    }

    IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("Row " + rows() + ", column " + field + ": " + what);
    }

    @Override
    public String toString() {
        return rows() + " values for " + field;
    }
}
