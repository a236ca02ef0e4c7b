package io.weir.iotdb.type;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The values of one column, in an array of their own type. A row that was not set is null: rows behind the last one that
 * was set are not even stored, so that a column costs nothing where it is not used.
 */
abstract class TabletColumn {

    private final String name;
    private final IotdbType type;
    private final ColumnCategory category;

    /** Rows from here on are null. */
    int size;

    /** How many rows have room. */
    private int room;

    /** The nulls among the rows before {@link #size}; made with the first one. */
    private @Nullable BitSet nulls;

    TabletColumn(String name, IotdbType type, ColumnCategory category) {
        this.name = name;
        this.type = type;
        this.category = category;
    }

    static TabletColumn of(String name, IotdbType type, ColumnCategory category) {
        return switch (type) {
            case BOOLEAN -> new BooleanColumn(name, category);
            case INT32 -> new IntColumn(name, category);
            case DATE -> new DateColumn(name, category);
            case INT64, TIMESTAMP -> new LongColumn(name, type, category);
            case FLOAT -> new FloatColumn(name, category);
            case DOUBLE -> new DoubleColumn(name, category);
            case TEXT, STRING -> new TextColumn(name, type, category);
            case BLOB -> new BlobColumn(name, category);
        };
    }

    final String name() {
        return name;
    }

    final IotdbType type() {
        return type;
    }

    final ColumnCategory category() {
        return category;
    }

    // --- writing: each kind of column overrides what it takes ------------------------------------------------------

    void set(int row, boolean value) {
        throw refusal(row, "a boolean");
    }

    void set(int row, long value) {
        throw refusal(row, "a whole number");
    }

    void set(int row, float value) {
        throw refusal(row, "a float");
    }

    void set(int row, double value) {
        throw refusal(row, "a double");
    }

    void set(int row, CharSequence value) {
        throw refusal(row, "a text");
    }

    void set(int row, byte[] value) {
        throw refusal(row, "bytes");
    }

    void setDate(int row, int yearMonthDay) {
        throw refusal(row, "a LocalDate");
    }

    final void setNull(int row) {
        if (row < size) {
            clear(row, row + 1);
            nulls().set(row);
        }
    }

    /** Makes room for a value, which the caller then stores. */
    final void place(int row) {
        if (row == size && row < room) {
            // The next row, as nearly always.
            size = row + 1;
        } else {
            placeElsewhere(row);
        }
    }

    private void placeElsewhere(int row) {
        if (row >= size) {
            if (row >= room) {
                room = grow(row + 1);
            }
            if (row > size) {
                clear(size, row);
                nulls().set(size, row);
            }
            size = row + 1;
        } else if (nulls != null) {
            nulls.clear(row);
        }
    }

    /** Forgets the rows from there on. */
    void cut(int rows) {
        if (size > rows) {
            forget(rows);
            size = rows;
            if (nulls != null) {
                nulls.clear(rows, Math.max(rows, nulls.length()));
            }
        }
    }

    /** Makes room for at least so many rows, and says for how many. What is in it does not matter. */
    abstract int grow(int rows);

    /** Puts in what travels for a null. */
    abstract void clear(int from, int to);

    /** The rows from there on are gone. What was in them may stay: who skips a row clears it. */
    void forget(int rows) {}

    private BitSet nulls() {
        BitSet set = nulls;
        if (set == null) {
            set = new BitSet();
            nulls = set;
        }
        return set;
    }

    final IllegalArgumentException refusal(int row, String what) {
        return new IllegalArgumentException(
                "Row " + row + ", column '" + name + "' (" + type + ") can not take " + what + ": " + takes());
    }

    private String takes() {
        return switch (type) {
            case BOOLEAN -> "possible are booleans";
            case INT32 -> "possible are whole numbers of 32 bits";
            case INT64 -> "possible are whole numbers";
            case FLOAT -> "possible are floats, and doubles and whole numbers that are exactly a float";
            case DOUBLE -> "possible are doubles, floats, and whole numbers up to 2^53";
            case TEXT, STRING -> "possible are texts without unpaired surrogates";
            case TIMESTAMP -> "possible are Instant, and a long that counts in the server's precision";
            case DATE -> "possible is LocalDate, from 1000-01-01 to 9999-12-31";
            case BLOB -> "possible are byte[] and ByteBuffer";
        };
    }

    // --- reading ---------------------------------------------------------------------------------------------------

    final boolean isNull(int row) {
        return row >= size || (nulls != null && nulls.get(row));
    }

    final boolean hasNulls(int from, int to) {
        if (to > size) {
            return true;
        }
        int next = nulls == null ? -1 : nulls.nextSetBit(from);
        return next >= 0 && next < to;
    }

    void copyBooleans(RowOrder rows, int from, int to, ByteBuffer into) {
        throw otherKind();
    }

    void copyInts(RowOrder rows, int from, int to, IntBuffer into) {
        throw otherKind();
    }

    void copyLongs(RowOrder rows, int from, int to, LongBuffer into) {
        throw otherKind();
    }

    void copyFloats(RowOrder rows, int from, int to, FloatBuffer into) {
        throw otherKind();
    }

    void copyDoubles(RowOrder rows, int from, int to, DoubleBuffer into) {
        throw otherKind();
    }

    /** The bytes that texts or bytes take with their lengths. */
    long bytesLength(RowOrder rows, int from, int to) {
        throw otherKind();
    }

    /** Texts or bytes, each behind its length; a null has a length of 0. */
    void copyBytes(RowOrder rows, int from, int to, ByteBuffer into) {
        throw otherKind();
    }

    private IllegalStateException otherKind() {
        return new IllegalStateException("Column '" + name + "' is " + type);
    }
}
