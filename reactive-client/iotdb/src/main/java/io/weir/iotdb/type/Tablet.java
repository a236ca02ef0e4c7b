package io.weir.iotdb.type;

import io.weir.core.TimePrecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one device (tree model) or one table (table model), column by column in arrays: the fastest way to write.
 *
 * <pre>{@code
 * Tablet tablet = Tablet.ofDevice("root.plant.line1")
 *         .column("temperature", IotdbType.DOUBLE)
 *         .column("running", IotdbType.BOOLEAN)
 *         .build();
 * tablet.row(1700000000000L).set("temperature", 21.5).set("running", true);
 * tablet.row(1700000001000L).set("temperature", 21.6);                      // running is null here
 * client.writes().insertTablet(tablet)
 * }</pre>
 *
 * <p><b>After sending.</b> From the moment at which an insert is subscribed to until its answer (or error, or cancel), the
 * tablet is in flight: whoever tries to change it gets an {@link IllegalStateException}. After that it can be sent again as
 * it is, or filled again after {@link #clear}; adding to rows that were sent already is refused. It may be in flight more
 * than once at a time. Between sends it belongs to one writer; it is not thread-safe.
 *
 * <p>Rows may be added in any order: they travel sorted by time. Of rows with the same time (and the same tags) the one
 * added last counts.
 */
public final class Tablet {

    private static final AtomicIntegerFieldUpdater<Tablet> USERS =
            AtomicIntegerFieldUpdater.newUpdater(Tablet.class, "users");

    private final String target;
    private final boolean table;
    private final boolean aligned;
    private final TimePrecision precision;
    private final TabletRows rows;
    private final TabletRow row;

    private boolean instants;

    /** How many sends are under way. */
    private volatile int users;

    private Tablet(Builder builder) {
        this.target = builder.target;
        this.table = builder.table;
        this.aligned = builder.aligned;
        this.precision = builder.precision;
        this.rows = new TabletRows(this, builder.columns, builder.capacity);
        this.row = new TabletRow(this, rows);
    }

    /**
     * A tablet of one device in the tree model.
     *
     * @param path such as {@code root.plant.line1}
     */
    public static Builder ofDevice(String path) {
        return new Builder(path, false);
    }

    /** A tablet of one table in the table model. The table and its columns are made by the server if they are missing. */
    public static Builder ofTable(String name) {
        return new Builder(name, true);
    }

    // --- writing ---------------------------------------------------------------------------------------------------

    /**
     * Adds a row, all null at first.
     *
     * @param time in the server's precision: milliseconds, if nobody has set it to another
     * @return the tablet's one row, which moves with each call
     * @throws IllegalStateException if the tablet is in flight, was sent and not cleared, or is full
     */
    public TabletRow row(long time) {
        row.moveTo(rows.add(time));
        return row;
    }

    /**
     * Adds a row, all null at first.
     *
     * @throws IllegalArgumentException if the moment is finer than the precision, see {@link Builder#precision}
     */
    public TabletRow row(Instant time) {
        return row(count(time));
    }

    /** Takes the last row back: for a row that turned out to be bad half-way. */
    public void dropLastRow() {
        rows.dropLast();
    }

    /**
     * Forgets all rows and keeps the columns and their room: now it can be filled again.
     *
     * @throws IllegalStateException if it is in flight
     */
    public void clear() {
        notInFlight();
        rows.clear();
        instants = false;
    }

    /** A moment as a count, and that the precision now matters. */
    long count(Instant moment) {
        instants = true;
        return precision.toCount(moment);
    }

    /** Why rows that were sent can not be changed. */
    IllegalStateException refusedChange() {
        notInFlight();
        return new IllegalStateException(this + " was sent: clear() it before it is filled again");
    }

    private void notInFlight() {
        if (users != 0) {
            throw new IllegalStateException(
                    this + " is in flight: it can be changed once the insert that it was given to has its answer");
        }
    }

    // --- reading and sending ---------------------------------------------------------------------------------------

    /** What the tablet holds, for sending; until that is closed, the tablet can not be changed. */
    public TabletContent content() {
        rows.sent();
        used();
        return new TabletContent(this, rows);
    }

    void used() {
        USERS.incrementAndGet(this);
    }

    void unused() {
        USERS.decrementAndGet(this);
    }

    /** How many rows it has. */
    public int rows() {
        return rows.count();
    }

    public boolean isEmpty() {
        return rows.count() == 0;
    }

    /** Whether another row would be refused; only a tablet of fixed capacity is ever full. */
    public boolean isFull() {
        return rows.isFull();
    }

    /** Whether an insert with it is under way. */
    public boolean isInFlight() {
        return users != 0;
    }

    /** The device or the table. */
    public String target() {
        return target;
    }

    /** Whether its target is a table. */
    public boolean isTable() {
        return table;
    }

    public boolean isAligned() {
        return aligned;
    }

    /** How many columns it has, the time not counted. */
    public int columns() {
        return rows.columns();
    }

    /**
     * The number of a column, for setting values by number.
     *
     * @throws IllegalArgumentException if there is none of that name, saying which there are
     */
    public int columnNumber(String name) {
        return rows.number(name);
    }

    @Nullable TimePrecision momentsIn() {
        return instants ? precision : null;
    }

    @Override
    public String toString() {
        return "the tablet of " + (table ? "table " : "device ") + target + " (" + rows() + " rows, " + columns()
                + " columns)";
    }

    /** Names the columns. */
    public static final class Builder {
        private final String target;
        private final boolean table;
        private final List<TabletColumn> columns = new ArrayList<>();
        private final Set<String> names = new HashSet<>();
        private boolean aligned;
        private TimePrecision precision = TimePrecision.MILLISECONDS;
        private int capacity = TabletRows.MOST;

        private Builder(String target, boolean table) {
            if (target.isBlank()) {
                throw new IllegalArgumentException("A tablet needs the name of a " + (table ? "table" : "device"));
            }
            this.target = target;
            this.table = table;
        }

        /** What is measured: a time series of the device, or a FIELD column of the table. */
        public Builder column(String name, IotdbType type) {
            return add(name, type, ColumnCategory.FIELD);
        }

        /** A TAG column: a text that is part of the device's name. Tables only. */
        public Builder tag(String name) {
            return ofTable(name, ColumnCategory.TAG);
        }

        /** An ATTRIBUTE column: a text that is known of a device, whatever the time. Tables only. */
        public Builder attribute(String name) {
            return ofTable(name, ColumnCategory.ATTRIBUTE);
        }

        /** Whether the device is aligned: its series share their times. Devices only. Default: not. */
        public Builder aligned(boolean yes) {
            if (table && yes) {
                throw new IllegalArgumentException("Tables know no alignment: aligned is for devices");
            }
            aligned = yes;
            return this;
        }

        /**
         * In which precision moments given as {@code Instant} are counted; it has to be the server's, and an insert is
         * refused if it is not. Default: milliseconds, as on servers that are not told otherwise.
         */
        public Builder precision(TimePrecision timePrecision) {
            precision = timePrecision;
            return this;
        }

        /** At most so many rows; one more is refused. Default: it grows. */
        public Builder fixedCapacity(int rows) {
            if (rows < 1) {
                throw new IllegalArgumentException("A capacity of " + rows + " rows was given: at least 1 is possible");
            }
            capacity = Math.min(rows, TabletRows.MOST);
            return this;
        }

        private Builder ofTable(String name, ColumnCategory category) {
            if (!table) {
                throw new IllegalArgumentException("The device " + target + " can have no " + category + " column '"
                        + name + "': only tables have, see Tablet.ofTable");
            }
            return add(name, IotdbType.STRING, category);
        }

        private Builder add(String name, IotdbType type, ColumnCategory category) {
            if (name.isBlank()) {
                throw new IllegalArgumentException("Column " + columns.size() + " of " + target + " needs a name");
            }
            if (!names.add(name)) {
                throw new IllegalArgumentException("Column '" + name + "' of " + target + " is named twice");
            }
            columns.add(TabletColumn.of(name, type, category));
            return this;
        }

        /** A tablet of these columns without rows; may be called again for another one. */
        public Tablet build() {
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("A tablet of " + target + " needs at least one column");
            }
            return new Tablet(this);
        }
    }
}
