package io.weir.tdengine.protocol;

import io.weir.tdengine.type.TdengineType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/** One column of a block, read where it lies. Every value has its own place, so a row costs the same wherever it is. */
final class BlockColumn {

    final TdengineType type;
    private final ByteBuffer bytes;
    private final int scale;
    /** Where the bitmap of nulls, or the offsets of variable values begin. */
    private final int head;
    /** Where the values begin. */
    private final int values;

    private BlockColumn(ByteBuffer bytes, TdengineType type, int scale, int head, int values) {
        this.bytes = bytes;
        this.type = type;
        this.scale = scale;
        this.head = head;
        this.values = values;
    }

    /** Reads over a column, checking that all of it is there. */
    static BlockColumn read(BlockBytes in, TdengineType type, int scale, int rows, int length) {
        if (type.isVariable()) {
            int head = in.pass((long) rows * Integer.BYTES);
            int values = in.pass(length);
            BlockColumn column = new BlockColumn(in.bytes, type, scale, head, values);
            for (int row = 0; row < rows; row++) {
                column.check(in, row, length);
            }
            return column;
        }
        int head = in.pass(((long) rows + 7) / 8);
        // A column that has no type has no values either, whatever its length says.
        if (type != TdengineType.NULL && length != (long) rows * type.width()) {
            throw in.malformed(rows + " values of " + type.sqlName() + " are said to take " + length + " bytes, not "
                    + type.width() + " each");
        }
        return new BlockColumn(in.bytes, type, scale, head, in.pass(length));
    }

    private void check(BlockBytes in, int row, int length) {
        int offset = bytes.getInt(head + row * Integer.BYTES);
        if (offset == -1) {
            return;
        }
        int width = type.headWidth();
        boolean headIsThere = offset >= 0 && offset <= length - width;
        if (!headIsThere || lengthAt(values + offset) < 0 || lengthAt(values + offset) > length - width - offset) {
            throw in.malformed("row " + row + " of a column of " + type.sqlName() + " lies at " + offset + " of "
                    + length + " bytes, and does not fit");
        }
    }

    boolean isNull(int row) {
        if (type.isVariable()) {
            return bytes.getInt(head + row * Integer.BYTES) == -1;
        }
        return type == TdengineType.NULL || (bytes.get(head + (row >>> 3)) & 0x80 >>> (row & 7)) != 0;
    }

    boolean booleanAt(int row) {
        return bytes.get(values + row) != 0;
    }

    /** Every whole number that fits 64 bits with a sign, and the counts of TIMESTAMP. */
    long longAt(int row) {
        return switch (type) {
            case TINYINT -> bytes.get(values + row);
            case TINYINT_UNSIGNED -> bytes.get(values + row) & 0xff;
            case SMALLINT -> bytes.getShort(values + 2 * row);
            case SMALLINT_UNSIGNED -> bytes.getShort(values + 2 * row) & 0xffff;
            case INT -> bytes.getInt(values + 4 * row);
            case INT_UNSIGNED -> bytes.getInt(values + 4 * row) & 0xffff_ffffL;
            default -> bytes.getLong(values + 8 * row);
        };
    }

    double doubleAt(int row) {
        return type == TdengineType.FLOAT ? bytes.getFloat(values + 4 * row) : bytes.getDouble(values + 8 * row);
    }

    BigDecimal decimalAt(int row) {
        return switch (type) {
            case DECIMAL64 -> BigDecimal.valueOf(bytes.getLong(values + 8 * row), scale);
            case DECIMAL -> new BigDecimal(wide(values + 16 * row), scale);
            default -> new BigDecimal(unsigned(bytes.getLong(values + 8 * row)));
        };
    }

    /** Where the bytes of a variable value begin. */
    int startAt(int row) {
        return entry(row) + type.headWidth();
    }

    /** How many bytes a variable value has. */
    int lengthOf(int row) {
        return lengthAt(entry(row));
    }

    private int entry(int row) {
        return values + bytes.getInt(head + row * Integer.BYTES);
    }

    private int lengthAt(int entry) {
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
