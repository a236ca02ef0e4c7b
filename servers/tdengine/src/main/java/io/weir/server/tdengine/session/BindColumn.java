package io.weir.server.tdengine.session;

import io.weir.server.tdengine.block.SqlType;
import io.weir.server.tdengine.sql.BoundColumn;
import io.weir.server.tdengine.sql.TaosError;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One block of bound values, as all bind payloads have them. */
final class BindColumn {

    private BindColumn() {}

    /** Reads one block and leaves the position behind it; {@code broken} makes the error for one that lies. */
    static BoundColumn read(ByteBuffer in, Supplier<TaosError> broken) {
        int start = in.position();
        try {
            int length = in.getInt();
            SqlType type = SqlType.ofNumber(in.getInt());
            int count = in.getInt();
            if (length < 0 || count < 0 || length > in.limit() - start || count > length) {
                throw broken.get();
            }
            ByteBuffer block = in.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
            block.position(in.position() - start);
            in.position(start + length);
            return column(block, type, count, broken);
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            throw broken.get();
        }
    }

    private static BoundColumn column(ByteBuffer block, SqlType type, int count, Supplier<TaosError> broken) {
        int nulls = block.position();
        int nullCount = 0;
        block.position(nulls + count);
        for (int i = 0; i < count; i++) {
            nullCount += block.get(nulls + i) == 0 ? 0 : 1;
        }
        boolean fixed = block.get() == 0;
        int[] offsets = new int[fixed ? 0 : count + 1];
        int longest = 0;
        for (int i = 0; i < offsets.length - 1; i++) {
            int length = block.getInt();
            if (length < 0) {
                throw broken.get();
            }
            longest = Math.max(longest, length);
            offsets[i + 1] = Math.addExact(offsets[i], length);
        }
        int bytes = block.getInt();
        boolean isFixedType = type.isFixed() && !type.isDecimal();
        long wanted = fixed ? (long) count * type.size() : offsets[count];
        boolean nothing = bytes == 0 && nullCount == count;
        boolean unreadable = fixed && type == SqlType.NULL && !nothing;
        if (fixed != isFixedType
                || bytes != block.remaining()
                || (bytes != wanted && !(fixed && nothing))
                || unreadable) {
            throw broken.get();
        }
        ByteBuffer values = block.slice().order(ByteOrder.LITTLE_ENDIAN);
        List<@Nullable Object> seen = new BoundValues(type, count, block.slice(nulls, count), offsets, values);
        return new BoundColumn(type, seen, nullCount > 0, longest);
    }
}
