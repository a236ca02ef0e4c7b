package io.weir.tdengine.protocol;

import io.weir.tdengine.type.TdengineType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** One column of a block, read where it lies. Every value has its own place, so a row costs the same wherever it is. */
final class BlockColumn {

    private static final long ALL_BITS = -1;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    final TdengineType type;
    private final ByteBuffer bytes;
    private final int scale;
    /** Where the bitmap of nulls, or the offsets of variable values begin. */
    private final int head;
    /** Where the values begin. */
    private final int values;

    private final boolean variable;
    /** Whether values take eight bytes each, as most do. */
    private final boolean wide;
    /** Whether there may be nulls: where not, no value's place in the bitmap is looked at. */
    private final boolean nullable;
    /** Whether all texts are of ASCII: they are then made without looking at each once more. */
    private final boolean plain;

    private BlockColumn(
            ByteBuffer bytes, TdengineType type, int scale, int head, int values, boolean nullable, boolean plain) {
        this.bytes = bytes;
        this.type = type;
        this.scale = scale;
        this.head = head;
        this.values = values;
        this.variable = type.isVariable();
        this.wide = type.width() == Long.BYTES;
        this.nullable = nullable;
        this.plain = plain;
    }

    /** Reads over a column, checking that all of it is there. */
    static BlockColumn read(BlockBytes in, TdengineType type, int scale, int rows, int length) {
        if (type.isVariable()) {
            int head = in.pass((long) rows * Integer.BYTES);
            int values = in.pass(length);
            boolean nullable = checkVariable(in, type, rows, head, values, length);
            // The lengths in between may have that bit too: it is set by 128 characters and more.
            boolean plain = type == TdengineType.VARCHAR && !hasBits(in.bytes, values, length, HIGH_BITS);
            return new BlockColumn(in.bytes, type, scale, head, values, nullable, plain);
        }
        int bitmap = (int) (((long) rows + 7) / 8);
        int head = in.pass(bitmap);
        // A column that has no type has no values either, whatever its length says.
        if (type != TdengineType.NULL && length != (long) rows * type.width()) {
            throw in.malformed(rows + " values of " + type.sqlName() + " are said to take " + length + " bytes, not "
                    + type.width() + " each");
        }
        int values = in.pass(length);
        boolean nullable = type == TdengineType.NULL || hasBits(in.bytes, head, bitmap, ALL_BITS);
        return new BlockColumn(in.bytes, type, scale, head, values, nullable, false);
    }

    private static boolean hasBits(ByteBuffer bytes, int from, int count, long wanted) {
        int at = from;
        long bits = 0;
        for (; at <= from + count - Long.BYTES; at += Long.BYTES) {
            bits |= bytes.getLong(at);
        }
        for (; at < from + count; at++) {
            // Of any byte the mask wants the same bits; a negative one sets all that are above it.
            bits |= bytes.get(at);
        }
        return (bits & wanted) != 0;
    }

    /** Makes sure that every value lies within the column, and tells whether there are nulls. */
    private static boolean checkVariable(BlockBytes in, TdengineType type, int rows, int head, int values, int length) {
        ByteBuffer bytes = in.bytes;
        boolean isShort = type.headWidth() == Short.BYTES;
        int last = length - type.headWidth();
        boolean nullable = false;
        for (int row = 0; row < rows; row++) {
            int offset = bytes.getInt(head + row * Integer.BYTES);
            if (offset == -1) {
                nullable = true;
                continue;
            }
            int size = offset < 0 || offset > last
                    ? -1
                    : isShort ? bytes.getShort(values + offset) & 0xffff : bytes.getInt(values + offset);
            if (size < 0 || size > last - offset) {
                throw in.malformed("row " + row + " of a column of " + type.sqlName() + " lies at " + offset + " of "
                        + length + " bytes, and does not fit");
            }
        }
        return nullable;
    }

    boolean isNull(int row) {
        return nullable && isNullAt(row);
    }

    private boolean isNullAt(int row) {
        if (variable) {
            return bytes.getInt(head + row * Integer.BYTES) == -1;
        }
        return type == TdengineType.NULL || (bytes.get(head + (row >>> 3)) & 0x80 >>> (row & 7)) != 0;
    }

    boolean booleanAt(int row) {
        return bytes.get(values + row) != 0;
    }

    /** Every whole number that fits 64 bits with a sign, and the counts of TIMESTAMP. */
    long longAt(int row) {
        if (wide) {
            return bytes.getLong(values + 8 * row);
        }
        return switch (type) {
            case TINYINT -> bytes.get(values + row);
            case TINYINT_UNSIGNED -> bytes.get(values + row) & 0xff;
            case SMALLINT -> bytes.getShort(values + 2 * row);
            case SMALLINT_UNSIGNED -> bytes.getShort(values + 2 * row) & 0xffff;
            case INT -> bytes.getInt(values + 4 * row);
            case INT_UNSIGNED -> bytes.getInt(values + 4 * row) & 0xffff_ffffL;
            default -> throw new IllegalStateException(type + " is no whole number of 32 bits or less");
        };
    }

    double doubleAt(int row) {
        return wide ? bytes.getDouble(values + 8 * row) : bytes.getFloat(values + 4 * row);
    }

    BigDecimal decimalAt(int row) {
        return switch (type) {
            case DECIMAL64 -> BigDecimal.valueOf(bytes.getLong(values + 8 * row), scale);
            case DECIMAL -> new BigDecimal(wide(values + 16 * row), scale);
            default -> new BigDecimal(unsigned(bytes.getLong(values + 8 * row)));
        };
    }

    boolean isPlain() {
        return plain;
    }

    /** Where a variable value lies: its length, and behind that its bytes. */
    int entry(int row) {
        return values + bytes.getInt(head + row * Integer.BYTES);
    }

    /** Where the bytes of the value at this entry begin. */
    int startAt(int entry) {
        return entry + type.headWidth();
    }

    /** How many bytes the value at this entry has. */
    int lengthAt(int entry) {
        return type.headWidth() == 2 ? bytes.getShort(entry) & 0xffff : bytes.getInt(entry);
    }

    private BigInteger wide(int at) {
        byte[] bigEndian = new byte[16];
        for (int i = 0; i < 16; i++) {
            bigEndian[i] = bytes.get(at + 15 - i);
        }
        return new BigInteger(bigEndian);
    }

    private static BigInteger unsigned(long bits) {
        return bits >= 0 ? BigInteger.valueOf(bits) : BigInteger.valueOf(bits).add(BigInteger.ONE.shiftLeft(Long.SIZE));
    }
}
