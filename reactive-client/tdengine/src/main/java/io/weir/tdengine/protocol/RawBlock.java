package io.weir.tdengine.protocol;

import io.weir.tdengine.type.TdengineType;
import java.nio.ByteBuffer;

/** A block of rows, read over and checked: how many rows, and where each column lies. */
final class RawBlock {

    private static final int FIRST_COLUMN_INFO = 28;

    private final BlockBytes in;
    private final int rows;
    private final BlockColumn[] columns;

    private RawBlock(BlockBytes in, int rows, BlockColumn[] columns) {
        this.in = in;
        this.rows = rows;
        this.columns = columns;
    }

    /** Reads all of a block. Newer servers put one byte behind it; some count it in the block's length, some do not. */
    static RawBlock read(ByteBuffer block) {
        BlockBytes in = new BlockBytes(block);
        int version = in.nextInt();
        if (version != 1 && version != 2) {
            throw in.malformed("blocks are of version 1 or 2, here is " + version);
        }
        int total = in.nextInt();
        int rows = in.nextInt();
        int count = in.nextInt();
        in.pass(FIRST_COLUMN_INFO - in.position());
        // Nine bytes of description each: so a hostile number can not make us allocate more than came.
        if (rows < 0 || count < 0 || count > (in.size() - FIRST_COLUMN_INFO) / 9) {
            throw in.malformed(rows + " rows of " + count + " columns");
        }
        BlockColumn[] columns = readColumns(in, rows, count);
        int surplus = in.size() - in.position();
        if (surplus > 1 || total < in.position() || total > in.size()) {
            throw in.malformed("the block says that it has " + total + " bytes, its columns end at " + in.position());
        }
        return new RawBlock(in, rows, columns);
    }

    private static BlockColumn[] readColumns(BlockBytes in, int rows, int count) {
        TdengineType[] types = new TdengineType[count];
        int[] scales = new int[count];
        for (int i = 0; i < count; i++) {
            int code = in.nextByte();
            TdengineType type = TdengineType.ofCode(code);
            if (type == null) {
                throw in.malformed("column " + i + " has type " + code + ", which is unknown");
            }
            types[i] = type;
            scales[i] = in.nextInt() & 0xff;
        }
        int lengths = in.pass((long) count * Integer.BYTES);
        BlockColumn[] columns = new BlockColumn[count];
        for (int i = 0; i < count; i++) {
            columns[i] = BlockColumn.read(in, types[i], scales[i], rows, in.bytes.getInt(lengths + i * Integer.BYTES));
        }
        return columns;
    }

    ByteBuffer bytes() {
        return in.bytes;
    }

    int rows() {
        return rows;
    }

    int size() {
        return columns.length;
    }

    BlockColumn column(int index) {
        return columns[index];
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder().append(rows).append(" rows of (");
        for (int i = 0; i < columns.length; i++) {
            out.append(i == 0 ? "" : ", ").append(columns[i].type.sqlName());
        }
        return out.append(')').toString();
    }
}
