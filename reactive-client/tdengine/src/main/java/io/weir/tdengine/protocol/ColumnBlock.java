package io.weir.tdengine.protocol;

import io.weir.tdengine.type.ColumnBatch;
import io.weir.tdengine.type.TdengineType;
import java.nio.ByteBuffer;
import java.util.List;

/** One column of values as it is bound. */
final class ColumnBlock {

    /** All but the bytes of the values, of their lengths and of the nulls. */
    private static final int FIXED_BYTES = 4 * Integer.BYTES + 1;

    private ColumnBlock() {}

    /** How many bytes {@link #write} writes at most. */
    static long size(List<ColumnBatch> parts, int... times) {
        long size = FIXED_BYTES;
        for (int i = 0; i < parts.size(); i++) {
            size += times[i] * parts.get(i).bytes();
        }
        return size;
    }

    /** How many bytes the column of one batch takes at most. */
    static long size(ColumnBatch values) {
        return FIXED_BYTES + values.bytes();
    }

    /** Writes the values of one batch. */
    static void write(ByteBuffer out, ColumnBatch values) {
        write(out, values.field().type(), List.of(values), 1);
    }

    /**
     * Writes the values of some batches, one batch behind the other, as one column.
     *
     * @param out little-endian
     * @param times how often each batch is written: 1, or the rows of its table where it holds the table's one value
     */
    static void write(ByteBuffer out, TdengineType type, List<ColumnBatch> parts, int... times) {
        int start = out.position();
        out.putInt(0);
        out.putInt(type.code());
        int rows = 0;
        boolean allNull = true;
        for (int i = 0; i < parts.size(); i++) {
            rows += parts.get(i).rows() * times[i];
            allNull &= parts.get(i).isAllNull();
        }
        out.putInt(rows);
        for (int i = 0; i < parts.size(); i++) {
            for (int n = 0; n < times[i]; n++) {
                out.put(parts.get(i).nulls());
            }
        }
        boolean byLength = type.isBoundByLength();
        out.put((byte) (byLength ? 1 : 0));
        for (int i = 0; i < parts.size() && byLength; i++) {
            for (int n = 0; n < times[i]; n++) {
                out.put(parts.get(i).lengths());
            }
        }
        int sizeAt = out.position();
        out.putInt(0);
        // The values of nothing but nulls are left out; zeros stand for single nulls of fixed width.
        for (int i = 0; i < parts.size() && !allNull; i++) {
            for (int n = 0; n < times[i]; n++) {
                out.put(parts.get(i).data());
            }
        }
        out.putInt(sizeAt, out.position() - sizeAt - Integer.BYTES);
        out.putInt(start, out.position() - start);
    }
}
