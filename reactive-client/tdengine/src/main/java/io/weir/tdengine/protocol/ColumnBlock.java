package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.tdengine.type.ColumnBatch;
import io.weir.tdengine.type.TdengineType;
import java.util.List;

/** One column of values as it is bound. */
final class ColumnBlock {

    private ColumnBlock() {}

    /**
     * Writes the values of some batches, one batch behind the other, as one column.
     *
     * @param times how often each batch is written: 1, or the rows of its table where it holds the table's one value
     */
    static void write(ByteBuf out, TdengineType type, List<ColumnBatch> parts, int... times) {
        int start = out.writerIndex();
        out.writeIntLE(0);
        out.writeIntLE(type.code());
        int rows = 0;
        boolean allNull = true;
        for (int i = 0; i < parts.size(); i++) {
            rows += parts.get(i).rows() * times[i];
            allNull &= parts.get(i).isAllNull();
        }
        out.writeIntLE(rows);
        for (int i = 0; i < parts.size(); i++) {
            for (int n = 0; n < times[i]; n++) {
                out.writeBytes(parts.get(i).nulls());
            }
        }
        out.writeByte(type.isBoundByLength() ? 1 : 0);
        for (int i = 0; i < parts.size(); i++) {
            for (int n = 0; n < times[i]; n++) {
                out.writeBytes(parts.get(i).lengths());
            }
        }
        int sizeAt = out.writerIndex();
        out.writeIntLE(0);
        // The values of nothing but nulls are left out; zeros stand for single nulls of fixed width.
        for (int i = 0; i < parts.size() && !allNull; i++) {
            for (int n = 0; n < times[i]; n++) {
                out.writeBytes(parts.get(i).data());
            }
        }
        out.setIntLE(sizeAt, out.writerIndex() - sizeAt - Integer.BYTES);
        out.setIntLE(start, out.writerIndex() - start);
    }
}
