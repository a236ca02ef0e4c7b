package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.core.RowView;
import io.weir.core.TimePrecision;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;

/** Pages as text, for comparing. */
final class Pages {

    private Pages() {}

    /** All values of all blocks of a reply, a line for each row. */
    static List<String> rows(Executed reply) {
        return rows(BlockLayout.of(reply, TimePrecision.MILLISECONDS, ZoneOffset.UTC), reply.blocks());
    }

    static List<String> rows(BlockLayout layout, List<ByteBuf> blocks) {
        List<String> lines = new ArrayList<>();
        for (ByteBuf block : blocks) {
            try (TsBlockPage page = TsBlockPage.of(block, layout)) {
                for (int row = 0; row < page.size(); row++) {
                    lines.add(line(page.row(row)));
                }
            }
        }
        return lines;
    }

    static String line(RowView row) {
        StringJoiner line = new StringJoiner(" | ");
        for (int i = 0; i < row.columns().size(); i++) {
            Object value = row.get(i);
            if (value instanceof ByteBuffer bytes) {
                byte[] copy = new byte[bytes.remaining()];
                bytes.get(copy);
                line.add("0x" + HexFormat.of().formatHex(copy));
            } else {
                line.add(String.valueOf(value));
            }
        }
        return line.toString();
    }
}
