package io.weir.iotdb.protocol;

import java.util.StringJoiner;

/**
 * A block of rows as the server keeps them: a column of times and columns of values. Reading it checks that every byte is
 * accounted for, and copies nothing.
 */
final class TsBlock {

    private final int rows;
    private final BlockColumn time;
    private final BlockColumn[] values;

    private TsBlock(int rows, BlockColumn time, BlockColumn[] values) {
        this.rows = rows;
        this.time = time;
        this.values = values;
    }

    static TsBlock read(BlockBytes in) {
        int columns = in.nextInt();
        // The types in a block are those of the storage (a date is a number, a text is bytes): of no use to a reader.
        in.pass(columns);
        int rows = in.nextInt();
        if (rows < 0) {
            throw in.malformed("a block of " + rows + " rows");
        }
        int encodings = in.pass((long) columns + 1);
        BlockColumn time = BlockColumn.read(in, in.bytes[encodings], rows);
        BlockColumn[] values = new BlockColumn[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = BlockColumn.read(in, in.bytes[encodings + 1 + i], rows);
        }
        if (in.remaining() > 0) {
            throw in.malformed(in.remaining() + " bytes follow its last column");
        }
        return new TsBlock(rows, time, values);
    }

    int rows() {
        return rows;
    }

    int columns() {
        return values.length;
    }

    /** The column of a place in the layout, checked to be stored as values of that type are. */
    BlockColumn column(BlockLayout layout, int index) {
        int place = layout.place(index);
        if (place >= values.length) {
            throw Malformed.error("The server says that the column '"
                    + layout.columns().get(index).name() + "' is number " + place
                    + " of its blocks, and sent a block of " + values.length);
        }
        BlockColumn column = place == BlockLayout.TIME_COLUMN ? time : values[place];
        int storage = switch (layout.type(index)) {
            case BOOLEAN -> BlockColumn.BITS;
            case INT32, FLOAT, DATE -> BlockColumn.INTS;
            case INT64, DOUBLE, TIMESTAMP -> BlockColumn.LONGS;
            case TEXT, STRING, BLOB -> BlockColumn.BINARIES;
        };
        if (column.storage != storage && !column.isAllNull()) {
            throw Malformed.error("The server says that the column '"
                    + layout.columns().get(index).name() + "' is of type " + layout.type(index)
                    + ", and sent it in the encoding " + column.storage);
        }
        return column;
    }

    /** Rows, and how each column is stored; the times first. */
    @Override
    public String toString() {
        StringJoiner columns = new StringJoiner(", ", "[", "]");
        for (BlockColumn column : values) {
            columns.add(column.toString());
        }
        return rows + " rows, time " + time + ", values " + columns;
    }
}
