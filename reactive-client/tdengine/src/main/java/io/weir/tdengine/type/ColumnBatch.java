package io.weir.tdengine.type;

import io.weir.core.TimePrecision;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    private final boolean lengthy;

    private int rows;
    private int nullCount;
    private byte[] nulls = new byte[16];
    private int[] lengths = {};
    private ByteBuffer data;

    private ColumnBatch(StatementField field) {
        this.field = field;
        this.type = field.type();
        this.lengthy = type.isBoundByLength();
        this.data = buffer(16 * (lengthy ? 8 : Math.max(1, type.width())));
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
        return rows;
    }

    /** How many bytes they take. */
    public long bytes() {
        return data.position() + (lengthy ? 5L : 1L) * rows;
    }

    public boolean isNull(int row) {
        return nulls[row] != 0;
    }

    /** Whether there is no value that is not null. */
    public boolean isAllNull() {
        return nullCount == rows;
    }

    /** One byte for each row: 1 is null. As it travels; read-only. */
    public ByteBuffer nulls() {
        return ByteBuffer.wrap(nulls, 0, rows).asReadOnlyBuffer();
    }

    /** How many bytes the value of a row has; only for types that are bound by length. */
    public int length(int row) {
        return lengths[row];
    }

    /** The values one after another, as they travel; read-only. */
    public ByteBuffer data() {
        return data.duplicate().flip().asReadOnlyBuffer();
    }

    /** Adds a null. */
    public ColumnBatch addNull() {
        if (!lengthy) {
            room(type.width());
            data.position(data.position() + type.width());
        }
        nullCount++;
        return added((byte) 1, 0);
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
        switch (type) {
            case BOOL -> within(value, 0, 1);
            case TINYINT -> within(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case SMALLINT -> within(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> within(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case TINYINT_UNSIGNED -> within(value, 0, 0xff);
            case SMALLINT_UNSIGNED -> within(value, 0, 0xffff);
            case INT_UNSIGNED -> within(value, 0, 0xffff_ffffL);
            case BIGINT_UNSIGNED -> within(value, 0, Long.MAX_VALUE);
            case BIGINT, TIMESTAMP -> {}
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
                room(Float.BYTES);
                data.putFloat((float) value);
            }
            case DOUBLE -> {
                room(Double.BYTES);
                data.putDouble(value);
            }
            case DECIMAL, DECIMAL64 -> {
                if (!Double.isFinite(value)) {
                    throw refused(value + " is no decimal");
                }
                return addDecimal(BigDecimal.valueOf(value));
            }
            default -> throw refused(Double.class);
        }
        return added((byte) 0, 0);
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
                byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
                fits(
                        type == TdengineType.NCHAR
                                ? 4L * value.toString().codePoints().count()
                                : bytes.length);
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
        if (value == null) {
            return addNull();
        } else if (value instanceof Boolean truth) {
            return addBoolean(truth);
        } else if (value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            return addLong(((Number) value).longValue());
        } else if (value instanceof Double || value instanceof Float) {
            // By its text, so that the float 0.1 is the decimal 0.1.
            return type.isDecimal()
                    ? addDecimal(decimalOf(value.toString()))
                    : addDouble(((Number) value).doubleValue());
        } else if (value instanceof BigInteger number) {
            return addInteger(number);
        } else if (value instanceof BigDecimal number) {
            return addNumber(number);
        } else if (value instanceof byte[] bytes) {
            return addBytes(bytes);
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return addBytes(copy);
        } else if (value instanceof Enum<?> constant) {
            return addText(constant.name());
        } else if (value instanceof CharSequence || value instanceof java.util.UUID) {
            return addText(value.toString());
        }
        return addMoment(value);
    }

    /** Takes back what was added behind the first rows. */
    void truncate(int to) {
        int end = data.position();
        while (rows > to) {
            rows--;
            nullCount -= nulls[rows];
            data.position(data.position() - (lengthy ? lengths[rows] : type.width()));
        }
        // Nulls of fixed width leave their slot as it is, and it has to be zero.
        for (int at = data.position(); at < end; at++) {
            data.put(at, (byte) 0);
        }
    }

    private ColumnBatch addInteger(BigInteger number) {
        if (type == TdengineType.BIGINT_UNSIGNED) {
            if (number.signum() < 0 || number.bitLength() > Long.SIZE) {
                throw refused(number + " is not between 0 and 18446744073709551615");
            }
            return addBits(number.longValue());
        }
        if (type.isDecimal()) {
            return addDecimal(new BigDecimal(number));
        }
        if (number.bitLength() >= Long.SIZE) {
            throw refused("a whole number of " + number.bitLength() + " bits does not fit");
        }
        return addLong(number.longValue());
    }

    private ColumnBatch addNumber(BigDecimal number) {
        switch (type) {
            case FLOAT, DOUBLE -> {
                return addDouble(number.doubleValue());
            }
            case DECIMAL, DECIMAL64 -> {
                return addDecimal(number);
            }
            default -> {
                if (number.signum() != 0 && (number.stripTrailingZeros().scale() > 0 || number.precision() > 40)) {
                    throw refused("it takes whole numbers only");
                }
                return addInteger(number.toBigInteger());
            }
        }
    }

    private ColumnBatch addMoment(Object value) {
        java.time.Instant moment;
        if (value instanceof java.time.Instant instant) {
            moment = instant;
        } else if (value instanceof java.time.OffsetDateTime time) {
            moment = time.toInstant();
        } else if (value instanceof java.time.ZonedDateTime time) {
            moment = time.toInstant();
        } else {
            throw refused(value.getClass());
        }
        if (type != TdengineType.TIMESTAMP) {
            throw refused(value.getClass());
        }
        TimePrecision precision = field.precision();
        try {
            return addBits(precision.toCount(moment));
        } catch (IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private BigDecimal decimalOf(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw refused(text + " is no decimal");
        }
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
        room(type.width());
        switch (type.width()) {
            case 1 -> data.put((byte) bits);
            case 2 -> data.putShort((short) bits);
            case 4 -> data.putInt((int) bits);
            default -> data.putLong(bits);
        }
        return added((byte) 0, 0);
    }

    private ColumnBatch addRaw(byte[] bytes) {
        room(bytes.length);
        data.put(bytes);
        return added((byte) 0, bytes.length);
    }

    private ColumnBatch added(byte isNull, int length) {
        if (rows == nulls.length) {
            nulls = Arrays.copyOf(nulls, 2 * rows);
        }
        nulls[rows] = isNull;
        if (lengthy) {
            if (rows >= lengths.length) {
                lengths = Arrays.copyOf(lengths, Math.max(16, 2 * rows));
            }
            lengths[rows] = length;
        }
        rows++;
        return this;
    }

    private void room(int more) {
        if (data.remaining() < more) {
            int needed = Math.addExact(data.position(), more);
            data = buffer(Math.max(needed, (int) Math.min(2L * data.capacity(), Integer.MAX_VALUE - 8L)))
                    .put(data.flip());
        }
    }

    private static ByteBuffer buffer(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private IllegalArgumentException refused(Class<?> valueType) {
        return refused("a value of type " + valueType.getName() + " can not be bound to it; possible are "
                + BoundTypes.possible(type));
    }

    private IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("Row " + rows + ", column " + field + ": " + what);
    }

    @Override
    public String toString() {
        return rows + " values for " + field;
    }
}
