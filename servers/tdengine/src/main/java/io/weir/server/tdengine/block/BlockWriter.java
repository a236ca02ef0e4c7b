package io.weir.server.tdengine.block;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows as a raw block: a head, what the columns are, how long their data are, and the columns one after another. */
public final class BlockWriter {

    static final int FLAGS = 0x80000000;
    /** Bytes of a block before its columns, but for those that each column adds. */
    static final int HEAD = 28;
    /** What each column adds to them: type, size, length. */
    static final int HEAD_OF_COLUMN = 9;

    private static final Charset UCS4 = Charset.forName("UTF-32LE");

    private BlockWriter() {}

    public static byte[] encode(List<Column> columns, List<@Nullable Object[]> rows, BlockFormat format) {
        LittleEndian out = new LittleEndian(64 + rows.size() * columns.size() * Long.BYTES);
        int lengths = head(out, columns, rows.size(), format);
        for (int c = 0; c < columns.size(); c++) {
            ColumnType type = columns.get(c).type();
            int length = type.kind().isFixed() ? fixed(out, rows, c, type) : variable(out, rows, c, type.kind());
            out.patch32(lengths + c * Integer.BYTES, length);
        }
        return finish(out, format);
    }

    /** Writes all that stands before the columns, with lengths of zero, and says where those stand. */
    static int head(LittleEndian out, List<Column> columns, int rows, BlockFormat format) {
        out.i32(format.version())
                .i32(0)
                .i32(rows)
                .i32(columns.size())
                .i32(FLAGS)
                .i64(0);
        for (Column column : columns) {
            out.i8(column.type().kind().number()).i32(column.type().blockBytes());
        }
        int lengths = out.size();
        out.zeros(columns.size() * Integer.BYTES);
        return lengths;
    }

    static byte[] finish(LittleEndian out, BlockFormat format) {
        if (format.blankFill()) {
            out.i8(0);
        }
        return out.patch32(Integer.BYTES, out.size()).toBytes();
    }

    private static int fixed(LittleEndian out, List<@Nullable Object[]> rows, int column, ColumnType type) {
        int bitmap = out.size();
        out.zeros((rows.size() + 7) / 8);
        int start = out.size();
        for (int r = 0; r < rows.size(); r++) {
            Object value = rows.get(r)[column];
            if (value == null) {
                out.orBits(bitmap + r / 8, 0x80 >> r % 8).zeros(type.kind().size());
            } else {
                value(out, value, type);
            }
        }
        return out.size() - start;
    }

    private static void value(LittleEndian out, Object value, ColumnType type) {
        switch (type.kind()) {
            case BOOL -> out.i8((Boolean) value ? 1 : 0);
            case TINYINT, UTINYINT -> out.i8(((Number) value).intValue());
            case SMALLINT, USMALLINT -> out.i16(((Number) value).intValue());
            case INT, UINT -> out.i32(((Number) value).intValue());
            case BIGINT, UBIGINT, TIMESTAMP -> out.i64(((Number) value).longValue());
            case FLOAT -> out.i32(Float.floatToRawIntBits(((Number) value).floatValue()));
            case DOUBLE -> out.i64(Double.doubleToRawLongBits(((Number) value).doubleValue()));
            case DECIMAL64 -> out.i64(unscaled(value, type).longValueExact());
            case DECIMAL -> {
                BigInteger wide = unscaled(value, type);
                out.i64(wide.longValue()).i64(wide.shiftRight(Long.SIZE).longValue());
            }
            default -> throw new IllegalStateException(type + " has no fixed size");
        }
    }

    private static BigInteger unscaled(Object value, ColumnType type) {
        return ((BigDecimal) value).setScale(type.scale()).unscaledValue();
    }

    private static int variable(LittleEndian out, List<@Nullable Object[]> rows, int column, SqlType kind) {
        int offsets = out.size();
        out.zeros(rows.size() * Integer.BYTES);
        int start = out.size();
        for (int r = 0; r < rows.size(); r++) {
            Object value = rows.get(r)[column];
            int offset = value == null ? -1 : out.size() - start;
            out.patch32(offsets + r * Integer.BYTES, offset);
            if (value != null) {
                byte[] bytes = bytes(value, kind);
                if (kind == SqlType.BLOB) {
                    out.i32(bytes.length);
                } else {
                    out.i16(bytes.length);
                }
                out.raw(bytes);
            }
        }
        return out.size() - start;
    }

    /** A value of variable length as it stands in a block. */
    static byte[] bytes(Object value, SqlType kind) {
        if (value instanceof byte[] raw) {
            return raw;
        }
        String text = Objects.toString(value);
        return text.getBytes(kind == SqlType.NCHAR ? UCS4 : StandardCharsets.UTF_8);
    }
}
