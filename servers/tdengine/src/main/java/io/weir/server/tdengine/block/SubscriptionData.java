package io.weir.server.tdengine.block;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows of a subscription as raw data: a head, and blocks with their schema and table name. */
public final class SubscriptionData {

    private static final int HEAD_WITH_LENGTH = 100;
    private static final int OFFSET_OF_LOG = 0x11;
    private static final int BYTES_AFTER_LENGTH = 18;

    private SubscriptionData() {}

    /** Rows of one table. */
    public record Part(String table, List<Column> columns, List<@Nullable Object[]> rows) {}

    public static byte[] encode(List<Part> parts, int precision, long from, long to) {
        LittleEndian out = new LittleEndian(256);
        out.i8(HEAD_WITH_LENGTH).i32(BYTES_AFTER_LENGTH);
        out.i8(OFFSET_OF_LOG).i64(from).i8(OFFSET_OF_LOG).i64(to);
        out.i32(parts.size()).i8(1).i8(1);
        for (Part part : parts) {
            byte[] block = BlockWriter.encode(part.columns(), part.rows(), BlockFormat.SUBSCRIPTION);
            out.varint(BYTES_AFTER_LENGTH + block.length);
            out.i64(1)
                    .raw(ByteBuffer.allocate(Long.BYTES)
                            .putLong(part.rows().size())
                            .array());
            out.i8(0).i8(precision).raw(block);
            schema(out, part.columns());
            out.zeroTerminated(part.table().getBytes(StandardCharsets.UTF_8));
        }
        return out.zeros(Long.BYTES).toBytes();
    }

    private static void schema(LittleEndian out, List<Column> columns) {
        out.zigzag(columns.size()).zigzag(0);
        for (int c = 0; c < columns.size(); c++) {
            ColumnType type = columns.get(c).type();
            int bytes = type.kind().isDecimal() ? type.length() : type.blockBytes();
            out.i8(type.kind().number()).i8(1).zigzag(bytes).zigzag(c + 1);
            out.zeroTerminated(columns.get(c).name().getBytes(StandardCharsets.UTF_8));
        }
    }
}
