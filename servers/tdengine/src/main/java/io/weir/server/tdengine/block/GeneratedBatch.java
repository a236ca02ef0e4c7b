package io.weir.server.tdengine.block;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that follow from their number alone, and are encoded without an object per value: they serve benchmarks.
 *
 * <p>Five kinds of columns take turns: TIMESTAMP, BIGINT, DOUBLE, BOOL, VARCHAR(14).
 */
public final class GeneratedBatch implements Batch {

    public static final long FIRST_TIME = 1_700_000_000_000L;
    private static final int KINDS = 5;
    private static final int TEXT_LENGTH = 14;
    private static final int DIGITS = 7;
    private static final int HEAD_AND_TEXT = Short.BYTES + TEXT_LENGTH;

    private final List<Column> columns;
    private final long first;
    private final int size;

    public GeneratedBatch(List<Column> columns, long first, int size) {
        this.columns = columns;
        this.first = first;
        this.size = size;
    }

    /** The first five are ts, i, d, b and s; those after them are named by their place. */
    public static List<Column> columns(int count) {
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            String name = c < KINDS ? List.of("ts", "i", "d", "b", "s").get(c) : "c" + (c + 1);
            columns.add(
                    switch (c % KINDS) {
                        case 0 -> Column.of(name, SqlType.TIMESTAMP);
                        case 1 -> Column.of(name, SqlType.BIGINT);
                        case 2 -> Column.of(name, SqlType.DOUBLE);
                        case 3 -> Column.of(name, SqlType.BOOL);
                        default -> Column.text(name, TEXT_LENGTH);
                    });
        }
        return List.copyOf(columns);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable Object[] row(int index) {
        return values(first + index);
    }

    /** The values of the row of this number, wherever the batch begins. */
    public @Nullable Object[] values(long row) {
        @Nullable Object[] values = new Object[columns.size()];
        for (int c = 0; c < values.length; c++) {
            values[c] = switch (c % KINDS) {
                case 0 -> FIRST_TIME + row;
                case 1 -> row * 7;
                case 2 -> row * 0.5;
                case 3 -> row % 2 == 0;
                default -> new String(text(row), StandardCharsets.US_ASCII);
            };
        }
        return values;
    }

    @Override
    public byte[] encode(BlockFormat format) {
        LittleEndian out = new LittleEndian(encodedSize(format));
        int lengths = BlockWriter.head(out, columns, size, format);
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).type().kind().isFixed()) {
                out.zeros((size + 7) / 8);
            } else {
                for (int r = 0; r < size; r++) {
                    out.i32(r * HEAD_AND_TEXT);
                }
            }
            int start = out.size();
            column(out, c);
            out.patch32(lengths + c * Integer.BYTES, out.size() - start);
        }
        return BlockWriter.finish(out, format);
    }

    private int encodedSize(BlockFormat format) {
        int bytes = BlockWriter.HEAD + (format.blankFill() ? 1 : 0);
        for (Column column : columns) {
            SqlType kind = column.type().kind();
            bytes += BlockWriter.HEAD_OF_COLUMN
                    + (kind.isFixed() ? (size + 7) / 8 + size * kind.size() : size * (Integer.BYTES + HEAD_AND_TEXT));
        }
        return bytes;
    }

    private void column(LittleEndian out, int column) {
        long end = first + size;
        switch (column % KINDS) {
            case 0 -> {
                for (long row = first; row < end; row++) {
                    out.i64(FIRST_TIME + row);
                }
            }
            case 1 -> {
                for (long row = first; row < end; row++) {
                    out.i64(row * 7);
                }
            }
            case 2 -> {
                for (long row = first; row < end; row++) {
                    out.i64(Double.doubleToRawLongBits(row * 0.5));
                }
            }
            case 3 -> {
                for (long row = first; row < end; row++) {
                    out.i8(row % 2 == 0 ? 1 : 0);
                }
            }
            default -> {
                byte[] text = text(first);
                for (int i = 0; i < size; i++) {
                    out.i16(TEXT_LENGTH).raw(text);
                    countOn(text);
                }
            }
        }
    }

    /** The text of the next row: cheaper than to divide by ten again and again. */
    private static void countOn(byte[] text) {
        int at = TEXT_LENGTH - 1;
        for (; text[at] == '9' && at > TEXT_LENGTH - DIGITS; at--) {
            text[at] = '0';
        }
        text[at] = (byte) (text[at] == '9' ? '0' : text[at] + 1);
    }

    /** {@code sensor-} and seven digits. */
    private static byte[] text(long row) {
        byte[] text = {'s', 'e', 'n', 's', 'o', 'r', '-', 0, 0, 0, 0, 0, 0, 0};
        long rest = row;
        for (int i = TEXT_LENGTH - 1; i >= TEXT_LENGTH - DIGITS; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return text;
    }
}
