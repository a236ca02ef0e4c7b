package io.weir.iotdb.type;

import io.weir.core.TimePrecision;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a tablet holds, as it is sent: sorted by time. As long as one is open, the tablet can not be changed. The client
 * takes and closes these by itself; they are public for whoever sends tablets by other means.
 *
 * <p>Places count the rows in the order in which they travel; {@link #row} tells which row of the tablet that was.
 */
public final class TabletContent implements AutoCloseable {

    private final Tablet tablet;
    private final TabletRows rows;
    private final RowOrder order;
    private final AtomicBoolean closed;

    /** The caller has counted the tablet's new user. */
    TabletContent(Tablet tablet, TabletRows rows) {
        this(tablet, rows, rows.order(), false);
    }

    private TabletContent(Tablet tablet, TabletRows rows, RowOrder order, boolean closed) {
        this.tablet = tablet;
        this.rows = rows;
        this.order = order;
        this.closed = new AtomicBoolean(closed);
    }

    /** Some of its rows, by their places; good as long as this one is open, and not to be closed itself. */
    public TabletContent part(int[] places) {
        int[] some = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            some[i] = order.row(places[i]);
        }
        return new TabletContent(tablet, rows, RowOrder.of(some), true);
    }

    /** The same content once more, to be closed on its own. */
    public TabletContent retain() {
        tablet.used();
        return new TabletContent(tablet, rows, order, false);
    }

    /** Gives the tablet back. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            tablet.unused();
        }
    }

    /** The device or the table. */
    public String target() {
        return tablet.target();
    }

    /** Whether the target is a table. */
    public boolean isTable() {
        return tablet.isTable();
    }

    public boolean isAligned() {
        return tablet.isAligned();
    }

    /** In which precision moments were counted; null if no moment was given as an {@code Instant}. */
    public @Nullable TimePrecision momentsIn() {
        return tablet.momentsIn();
    }

    public int rows() {
        return order.count();
    }

    public int columns() {
        return rows.columns();
    }

    public String columnName(int column) {
        return rows.column(column).name();
    }

    public IotdbType type(int column) {
        return rows.column(column).type();
    }

    public ColumnCategory category(int column) {
        return rows.column(column).category();
    }

    /** The number in the tablet of the row that travels at a place. */
    public int row(int place) {
        return order.row(place);
    }

    public boolean isNull(int column, int place) {
        return rows.column(column).isNull(order.row(place));
    }

    /** Whether a column has nulls among the places from (inclusive) to (exclusive). */
    public boolean hasNulls(int column, int from, int to) {
        TabletColumn values = rows.column(column);
        if (order.isAsAdded()) {
            return values.hasNulls(from, to);
        }
        for (int i = from; i < to; i++) {
            if (values.isNull(order.row(i))) {
                return true;
            }
        }
        return false;
    }

    /** Appends the times of the places from (inclusive) to (exclusive). */
    public void copyTimes(int from, int to, LongBuffer into) {
        if (order.isAsAdded()) {
            into.put(rows.times(), from, to - from);
        } else {
            for (int i = from; i < to; i++) {
                into.put(rows.times()[order.row(i)]);
            }
        }
    }

    /** Appends a byte for each value of a BOOLEAN column, 0 for false and for null. */
    public void copyBooleans(int column, int from, int to, ByteBuffer into) {
        rows.column(column).copyBooleans(order, from, to, into);
    }

    /** Appends the values of an INT32 or DATE column, 0 for null. */
    public void copyInts(int column, int from, int to, IntBuffer into) {
        rows.column(column).copyInts(order, from, to, into);
    }

    /** Appends the values of an INT64 or TIMESTAMP column, 0 for null. */
    public void copyLongs(int column, int from, int to, LongBuffer into) {
        rows.column(column).copyLongs(order, from, to, into);
    }

    /** Appends the values of a FLOAT column, 0 for null. */
    public void copyFloats(int column, int from, int to, FloatBuffer into) {
        rows.column(column).copyFloats(order, from, to, into);
    }

    /** Appends the values of a DOUBLE column, 0 for null. */
    public void copyDoubles(int column, int from, int to, DoubleBuffer into) {
        rows.column(column).copyDoubles(order, from, to, into);
    }

    /** How many bytes {@link #copyBytes} appends. */
    public long bytesLength(int column, int from, int to) {
        return rows.column(column).bytesLength(order, from, to);
    }

    /**
     * Appends the values of a TEXT, STRING or BLOB column, texts in UTF-8, each behind its length as an int32; a null has a
     * length of 0.
     */
    public void copyBytes(int column, int from, int to, ByteBuffer into) {
        rows.column(column).copyBytes(order, from, to, into);
    }

    @Override
    public String toString() {
        return rows() + " rows of " + tablet;
    }
}
