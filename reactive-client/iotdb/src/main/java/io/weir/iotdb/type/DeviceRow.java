package io.weir.iotdb.type;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of one device in the tree model, with a type for each value: for rows that have little in common. Many rows with
 * the same columns are written many times faster as a {@link Tablet}.
 *
 * <pre>{@code
 * DeviceRow.of("root.plant.line1", time).set("temperature", 21.5).set("running", true)
 * }</pre>
 *
 * <p>The Java type says the type of the series, if it has to be made: {@code int} INT32, {@code long} INT64, {@code float}
 * FLOAT, {@code double} DOUBLE, {@code boolean} BOOLEAN, text TEXT, {@code byte[]} BLOB, {@code Instant} TIMESTAMP,
 * {@code LocalDate} DATE. A value that is not known is left out. Not thread-safe; what is set once a write was subscribed to
 * does not travel with it.
 */
public final class DeviceRow {

    /** A value and its type: {@code Boolean}, {@code Integer}, {@code Long}, {@code Instant} and so on. */
    public record Cell(String name, IotdbType type, Object value) {}

    private final String device;
    private final Object time;
    private final boolean aligned;
    private final List<Cell> cells = new ArrayList<>();

    private DeviceRow(String device, Object time, boolean aligned) {
        if (device.isBlank()) {
            throw new IllegalArgumentException("A row needs the name of its device");
        }
        this.device = device;
        this.time = time;
        this.aligned = aligned;
    }

    /**
     * A row without values.
     *
     * @param time in the server's precision: milliseconds, if nobody has set it to another
     */
    public static DeviceRow of(String device, long time) {
        return new DeviceRow(device, time, false);
    }

    public static DeviceRow of(String device, Instant time) {
        return new DeviceRow(device, time, false);
    }

    /** The same row without values, of an aligned device. */
    public DeviceRow aligned() {
        if (!cells.isEmpty()) {
            throw new IllegalStateException("aligned() comes before the values");
        }
        return new DeviceRow(device, time, true);
    }

    public DeviceRow set(String name, boolean value) {
        return add(name, IotdbType.BOOLEAN, value);
    }

    public DeviceRow set(String name, int value) {
        return add(name, IotdbType.INT32, value);
    }

    public DeviceRow set(String name, long value) {
        return add(name, IotdbType.INT64, value);
    }

    public DeviceRow set(String name, float value) {
        return add(name, IotdbType.FLOAT, value);
    }

    public DeviceRow set(String name, double value) {
        return add(name, IotdbType.DOUBLE, value);
    }

    public DeviceRow set(String name, CharSequence value) {
        if (TextColumn.utf8Length(value) < 0) {
            throw refusal(name, "a text with half of a character (an unpaired surrogate) or of more than 2 GiB");
        }
        return add(name, IotdbType.TEXT, value.toString());
    }

    /** Bytes, which are copied. */
    public DeviceRow set(String name, byte[] value) {
        return add(name, IotdbType.BLOB, value.clone());
    }

    public DeviceRow set(String name, Instant value) {
        return add(name, IotdbType.TIMESTAMP, value);
    }

    public DeviceRow set(String name, LocalDate value) {
        if (value.getYear() < 1000 || value.getYear() > 9999) {
            throw refusal(name, "a date of the year " + value.getYear() + ": possible is 1000 to 9999");
        }
        return add(name, IotdbType.DATE, value);
    }

    private DeviceRow add(String name, IotdbType type, Object value) {
        for (Cell cell : cells) {
            if (cell.name().equals(name)) {
                throw refusal(name, "a second value");
            }
        }
        cells.add(new Cell(name, type, value));
        return this;
    }

    private IllegalArgumentException refusal(String name, String what) {
        return new IllegalArgumentException("'" + name + "' of the row of " + device + " can not take " + what);
    }

    public String device() {
        return device;
    }

    /** A {@code Long}, a count in the server's precision, or an {@code Instant}. */
    public Object time() {
        return time;
    }

    public boolean isAligned() {
        return aligned;
    }

    /** The values as they are now. */
    public List<Cell> cells() {
        return List.copyOf(cells);
    }

    @Override
    public String toString() {
        return "a row of " + device + " with " + cells.size() + " values";
    }
}
