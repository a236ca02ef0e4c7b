package io.weir.iotdb.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One column of a block, read where it lies.
 *
 * <p>Values of null rows are left out of the bytes, and texts are of different lengths, so a row's value has no fixed
 * place. A cursor remembers where the last row was found: going forward costs the same for every row, and nothing is
 * allocated. Whoever jumps back among texts gets an index of them, once per page.
 */
final class BlockColumn {

    /** How values are stored: the encodings of the wire that are not wrappers, under their numbers there. */
    static final int BITS = 0;

    static final int INTS = 1;
    static final int LONGS = 2;
    static final int BINARIES = 3;
    private static final int RLE = 4;
    private static final int DICTIONARY = 5;

    static final int NONE = -1;

    private final byte[] bytes;
    final int storage;
    /** How many rows are stored; 1 for a value that is repeated, the dictionary's size for a dictionary. */
    private final int stored;
    /** Where the bitmap of nulls begins, or NONE. */
    private final int nulls;
    /** Where the values begin. */
    private final int values;
    /** Whether one stored row stands for all. */
    private boolean repeated;
    /** Where the rows' places in the dictionary begin, or NONE. */
    private int ids = NONE;

    // The cursor: how many nulls stand before a row, where an entry begins and where the one behind it does.
    private int nullsRow;
    private int nullsCount;
    private int entryStart;
    private int nextEntry;
    private int nextStart;
    /** Where all entries begin, once somebody has jumped back. */
    private int @Nullable [] starts;

    private BlockColumn(byte[] bytes, int storage, int stored, int nulls, int values) {
        this.bytes = bytes;
        this.storage = storage;
        this.stored = stored;
        this.nulls = nulls;
        this.values = values;
        this.nextStart = values;
    }

    /** Reads over a column, checking that all of it is there. */
    static BlockColumn read(BlockBytes in, int encoding, int rows) {
        if (encoding == RLE) {
            BlockColumn column = readPlain(in, in.nextByte(), 1);
            column.repeated = true;
            return column;
        }
        if (encoding == DICTIONARY) {
            int inner = in.nextByte();
            int size = in.nextInt();
            BlockColumn column = readPlain(in, inner, size);
            if (in.nextInt() != rows) {
                throw in.malformed("a dictionary column has another number of rows than its block (" + rows + ")");
            }
            column.ids = in.pass((long) rows * Integer.BYTES);
            for (int row = 0; row < rows; row++) {
                int id = BlockBytes.intAt(in.bytes, column.ids + row * Integer.BYTES);
                if (id < 0 || id >= size) {
                    throw in.malformed("row " + row + " is entry " + id + " of a dictionary of " + size);
                }
            }
            return column;
        }
        return readPlain(in, encoding, rows);
    }

    private static BlockColumn readPlain(BlockBytes in, int encoding, int rows) {
        if (rows < 0) {
            throw in.malformed("a column of " + rows + " rows");
        }
        int mayHaveNull = in.nextByte();
        if (mayHaveNull != 0 && mayHaveNull != 1) {
            throw in.malformed("whether a column has nulls is 0 or 1, here is " + mayHaveNull);
        }
        int nulls = mayHaveNull == 1 ? in.pass(bitmapBytes(rows)) : NONE;
        int present = nulls == NONE ? rows : rows - countBits(in.bytes, nulls, rows);
        int values = switch (encoding) {
            case BITS -> in.pass(bitmapBytes(rows));
            case INTS -> in.pass((long) present * Integer.BYTES);
            case LONGS -> in.pass((long) present * Long.BYTES);
            case BINARIES -> passEntries(in, present);
            default -> throw in.malformed("a column is encoded as " + encoding + ", known are 0 to 5");
        };
        return new BlockColumn(in.bytes, encoding, rows, nulls, values);
    }

    private static int passEntries(BlockBytes in, int count) {
        int start = in.position();
        for (int i = 0; i < count; i++) {
            in.pass(in.nextInt());
        }
        return start;
    }

    private static long bitmapBytes(int rows) {
        return ((long) rows + 7) / 8;
    }

    /** How many of the first bits are set; the last byte may be filled up with anything. */
    private static int countBits(byte[] bytes, int start, int bits) {
        int count = 0;
        int whole = bits >>> 3;
        for (int i = 0; i < whole; i++) {
            count += Integer.bitCount(bytes[start + i] & 0xff);
        }
        int rest = bits & 7;
        return rest == 0 ? count : count + Integer.bitCount(bytes[start + whole] & 0xff00 >>> rest & 0xff);
    }

    /** Whether every row is null, so that the storage says nothing of the type. */
    boolean isAllNull() {
        return repeated && nulls != NONE && bit(nulls, 0);
    }

    /** Whether every row has the same value. */
    boolean isRepeated() {
        return repeated;
    }

    /** Where the values begin if they are of 64 bits and each row has one at its place; else NONE. */
    int straightLongs() {
        return storage == LONGS && nulls == NONE && ids == NONE && !repeated ? values : NONE;
    }

    boolean isNull(int row) {
        return nulls != NONE && bit(nulls, place(row));
    }

    boolean booleanAt(int row) {
        return bit(values, place(row));
    }

    int intAt(int row) {
        return BlockBytes.intAt(bytes, values + valueIndex(row) * Integer.BYTES);
    }

    long longAt(int row) {
        return BlockBytes.longAt(bytes, values + valueIndex(row) * Long.BYTES);
    }

    /** Where the length of a row's text or bytes stands, the bytes behind it. */
    int entryAt(int row) {
        int entry = valueIndex(row);
        int start;
        if (entry == nextEntry) {
            start = nextStart;
        } else if (entry == nextEntry - 1) {
            return entryStart;
        } else {
            start = find(entry);
        }
        entryStart = start;
        nextEntry = entry + 1;
        nextStart = start + Integer.BYTES + BlockBytes.intAt(bytes, start);
        return start;
    }

    private int find(int entry) {
        if (starts == null && entry > nextEntry) {
            int start = nextStart;
            for (int i = nextEntry; i < entry; i++) {
                start += Integer.BYTES + BlockBytes.intAt(bytes, start);
            }
            return start;
        }
        if (starts == null) {
            starts = index();
        }
        return starts[entry];
    }

    private int[] index() {
        int count = nulls == NONE ? stored : stored - countBits(bytes, nulls, stored);
        int[] index = new int[count];
        int start = values;
        for (int i = 0; i < count; i++) {
            index[i] = start;
            start += Integer.BYTES + BlockBytes.intAt(bytes, start);
        }
        return index;
    }

    /** Which stored row a row is. */
    private int place(int row) {
        if (repeated) {
            return 0;
        }
        return ids == NONE ? row : BlockBytes.intAt(bytes, ids + row * Integer.BYTES);
    }

    /** Which stored value a row has: its place without the nulls before it. */
    private int valueIndex(int row) {
        if (nulls == NONE && ids == NONE) {
            return repeated ? 0 : row;
        }
        int place = place(row);
        return nulls == NONE ? place : place - nullsBefore(place);
    }

    private int nullsBefore(int place) {
        int row = nullsRow;
        int count = nullsCount;
        if (place < row) {
            row = 0;
            count = 0;
        }
        while (row < place) {
            if ((row & 7) == 0 && place - row >= 8) {
                count += Integer.bitCount(bytes[nulls + (row >>> 3)] & 0xff);
                row += 8;
            } else {
                if (bit(nulls, row)) {
                    count++;
                }
                row++;
            }
        }
        nullsRow = row;
        nullsCount = count;
        return count;
    }

    private boolean bit(int start, int index) {
        return (bytes[start + (index >>> 3)] & 0x80 >>> (index & 7)) != 0;
    }

    @Override
    public String toString() {
        String name = switch (storage) {
            case BITS -> "bits";
            case INTS -> "ints";
            case LONGS -> "longs";
            default -> "binaries";
        };
        String wrapper = repeated ? "one of " : ids == NONE ? "" : "dictionary of " + stored + " ";
        return isAllNull() ? "nulls" : wrapper + name + (nulls == NONE ? "" : " with nulls");
    }
}
