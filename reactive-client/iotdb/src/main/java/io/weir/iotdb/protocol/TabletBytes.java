package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.iotdb.type.TabletContent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of a tablet as the server reads them: one column after the other, each row present, and behind them for each
 * column which rows are null. This is the plain encoding, which every server of 2.x takes.
 *
 * @param from the first row, counted as they travel
 * @param to behind the last row
 */
record TabletBytes(TabletContent content, int from, int to) {

    /** The names and numbers around the values. */
    private static final int HEAD = 512;

    int rows() {
        return to - from;
    }

    // --- times -----------------------------------------------------------------------------------------------------

    int timesLength() {
        return rows() * Long.BYTES;
    }

    void writeTimes(ByteBuf out) {
        int length = timesLength();
        content.copyTimes(from, to, room(out, length).asLongBuffer());
        out.writerIndex(out.writerIndex() + length);
    }

    // --- values ----------------------------------------------------------------------------------------------------

    /** As a long, because it may be more than a frame can hold. */
    long valuesLength() {
        long length = 0;
        boolean nulls = false;
        for (int column = 0; column < content.columns(); column++) {
            length += columnLength(column);
            boolean some = content.hasNulls(column, from, to);
            length += some ? bitmapLength() : 0;
            nulls |= some;
        }
        return nulls ? length + content.columns() : length;
    }

    void writeValues(ByteBuf out) {
        boolean nulls = false;
        for (int column = 0; column < content.columns(); column++) {
            writeColumn(out, column);
            nulls |= content.hasNulls(column, from, to);
        }
        if (nulls) {
            for (int column = 0; column < content.columns(); column++) {
                writeNulls(out, column);
            }
        }
    }

    private void writeColumn(ByteBuf out, int column) {
        int length = Math.toIntExact(columnLength(column));
        ByteBuffer into = room(out, length);
        switch (content.type(column)) {
            case BOOLEAN -> content.copyBooleans(column, from, to, into);
            case INT32, DATE -> content.copyInts(column, from, to, into.asIntBuffer());
            case INT64, TIMESTAMP -> content.copyLongs(column, from, to, into.asLongBuffer());
            case FLOAT -> content.copyFloats(column, from, to, into.asFloatBuffer());
            case DOUBLE -> content.copyDoubles(column, from, to, into.asDoubleBuffer());
            case TEXT, STRING, BLOB -> content.copyBytes(column, from, to, into);
        }
        out.writerIndex(out.writerIndex() + length);
    }

    /** Least significant bit first, and one byte more than needed where the rows are a multiple of eight. */
    private void writeNulls(ByteBuf out, int column) {
        if (!content.hasNulls(column, from, to)) {
            out.writeByte(0);
            return;
        }
        out.writeByte(1);
        int start = out.writerIndex();
        out.writeZero(bitmapLength());
        for (int row = 0; row < rows(); row++) {
            if (content.isNull(column, from + row)) {
                int at = start + row / Byte.SIZE;
                out.setByte(at, out.getByte(at) | 1 << (row % Byte.SIZE));
            }
        }
    }

    private int bitmapLength() {
        return rows() / Byte.SIZE + 1;
    }

    private static ByteBuffer room(ByteBuf out, int length) {
        out.ensureWritable(length);
        return out.nioBuffer(out.writerIndex(), length);
    }

    private long columnLength(int column) {
        return switch (content.type(column)) {
            case BOOLEAN -> rows();
            case INT32, DATE, FLOAT -> (long) Integer.BYTES * rows();
            case INT64, TIMESTAMP, DOUBLE -> (long) Long.BYTES * rows();
            case TEXT, STRING, BLOB -> content.bytesLength(column, from, to);
        };
    }

    // --- splitting -------------------------------------------------------------------------------------------------

    /** An upper bound of the frame's length. */
    long frameLength() {
        return HEAD + namesLength() + timesLength() + valuesLength();
    }

    private long namesLength() {
        // Four bytes of length, up to three for each character, the type and the category.
        long length = 3L * content.target().length();
        for (int column = 0; column < content.columns(); column++) {
            length += 4 + 3L * content.columnName(column).length() + 5;
        }
        return length;
    }

    /**
     * The rows of a tablet from that one on in parts, none of which makes a longer frame than that. A part of one row may: whoever sends it has to
     * refuse it.
     */
    static List<TabletBytes> split(TabletContent content, int from, int mostBytes) {
        List<TabletBytes> parts = new ArrayList<>();
        split(new TabletBytes(content, from, content.rows()), mostBytes, parts);
        return parts;
    }

    /** Halves it until each part fits; a tablet is longer than a frame seldom enough for that. */
    private static void split(TabletBytes part, int mostBytes, List<TabletBytes> into) {
        if (part.rows() <= 1 || part.frameLength() <= mostBytes) {
            into.add(part);
            return;
        }
        int middle = (part.from + part.to) >>> 1;
        split(new TabletBytes(part.content, part.from, middle), mostBytes, into);
        split(new TabletBytes(part.content, middle, part.to), mostBytes, into);
    }
}
