package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.weir.core.TimePrecision;
import io.weir.iotdb.type.DeviceRow;
import io.weir.iotdb.type.DeviceRow.Cell;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * One row as the server reads it: names, and for each value its type and its bytes. Made when the write is subscribed to, so
 * that the row itself can change.
 */
public record RowBytes(String device, long time, boolean aligned, List<Cell> cells, TimePrecision precision) {

    /**
     * A row with its moments counted.
     *
     * @throws IllegalArgumentException if a moment is finer than the server's precision, naming device and value
     */
    public static RowBytes of(DeviceRow row, TimePrecision precision) {
        RowBytes bytes = new RowBytes(
                row.device(),
                row.time() instanceof Instant moment
                        ? count(precision, moment, row.device(), "time")
                        : (Long) row.time(),
                row.isAligned(),
                row.cells(),
                precision);
        for (Cell cell : bytes.cells) {
            if (cell.value() instanceof Instant moment) {
                count(precision, moment, row.device(), cell.name());
            }
        }
        return bytes;
    }

    private static long count(TimePrecision precision, Instant moment, String device, String name) {
        try {
            return precision.toCount(moment);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "' of the row of " + device + ": " + e.getMessage(), e);
        }
    }

    /** An upper bound of what the row adds to a frame. */
    public long frameLength() {
        long length = 64 + 3L * device.length() + valuesLength();
        for (Cell cell : cells) {
            length += 4 + 3L * cell.name().length() + 4;
        }
        return length;
    }

    int valuesLength() {
        long length = 0;
        for (Cell cell : cells) {
            length += 1L + width(cell.value());
        }
        return Math.toIntExact(length);
    }

    private static int width(Object value) {
        if (value instanceof String text) {
            return Integer.BYTES + ByteBufUtil.utf8Bytes(text);
        } else if (value instanceof byte[] bytes) {
            return Integer.BYTES + bytes.length;
        } else if (value instanceof Boolean) {
            return 1;
        } else if (value instanceof Integer || value instanceof Float || value instanceof LocalDate) {
            return Integer.BYTES;
        }
        return Long.BYTES;
    }

    void writeValues(ByteBuf out) {
        for (Cell cell : cells) {
            out.writeByte(cell.type().code());
            write(out, cell.value());
        }
    }

    private void write(ByteBuf out, Object value) {
        if (value instanceof String text) {
            out.writeInt(ByteBufUtil.utf8Bytes(text));
            ByteBufUtil.writeUtf8(out, text);
        } else if (value instanceof byte[] bytes) {
            out.writeInt(bytes.length).writeBytes(bytes);
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Integer number) {
            out.writeInt(number);
        } else if (value instanceof Float number) {
            out.writeFloat(number);
        } else if (value instanceof LocalDate date) {
            out.writeInt(date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth());
        } else if (value instanceof Long number) {
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeDouble(number);
        } else {
            out.writeLong(precision.toCount((Instant) value));
        }
    }

    void writeNames(ThriftOutput out) {
        cells.forEach(cell -> out.text(cell.name()));
    }

    void writeTexts(ThriftOutput out) {
        cells.forEach(cell -> out.text((String) cell.value()));
    }
}
