package io.weir.iotdb.type;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is in a tablet: the times, and the values column by column. */
final class TabletRows {

    static final int MOST = Integer.MAX_VALUE - 8;

    private static final int FIRST_ROOM = 64;
    private static final int SENT = -1;

    private final Tablet tablet;
    private final TabletColumn[] columns;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int capacity;

    private long[] times;
    private int count;
    private long last = Long.MIN_VALUE;
    private boolean sorted = true;

    /**
     * Rows below this may be changed: all of them, or, when it is {@link #SENT}, none. One look at it is all that a value
     * costs which is set in a row that is there. Not volatile: a tablet has one writer, who has it from whoever sent it.
     */
    private int open;

    /** @param tablet for the texts of errors */
    TabletRows(Tablet tablet, List<TabletColumn> like, int capacity) {
        this.tablet = tablet;
        this.capacity = capacity;
        this.columns = like.stream()
                .map(column -> TabletColumn.of(column.name(), column.type(), column.category()))
                .toArray(TabletColumn[]::new);
        this.times = new long[Math.min(FIRST_ROOM, capacity)];
        for (int i = 0; i < columns.length; i++) {
            numbers.put(columns[i].name(), i);
        }
    }

    /** The length of an array that has to hold so many. */
    static int roomFor(int rows, int length) {
        return (int) Math.min(MOST, Math.max(Math.max(rows, FIRST_ROOM), 2L * length));
    }

    // --- writing ---------------------------------------------------------------------------------------------------

    /** Adds a row without values, and returns its number. */
    int add(long time) {
        int row = count;
        if (open != row) {
            throw tablet.refusedChange();
        }
        if (row == times.length) {
            grow();
        }
        sorted &= time >= last;
        last = time;
        times[row] = time;
        count = row + 1;
        open = row + 1;
        return row;
    }

    private void grow() {
        if (count == capacity) {
            throw new IllegalStateException(
                    tablet + " is full: send and clear it, or leave out fixedCapacity and let it grow");
        }
        times = Arrays.copyOf(times, Math.min(capacity, roomFor(count + 1, times.length)));
    }

    void dropLast() {
        if (open != count) {
            throw tablet.refusedChange();
        }
        if (count == 0) {
            throw new IllegalStateException("There is no row to drop in " + tablet);
        }
        cut(count - 1);
    }

    /** Forgets all rows and keeps the room; they may be changed again. */
    void clear() {
        cut(0);
        sorted = true;
    }

    private void cut(int rows) {
        count = rows;
        open = rows;
        last = rows == 0 ? Long.MIN_VALUE : times[rows - 1];
        for (TabletColumn column : columns) {
            column.cut(rows);
        }
    }

    /** From here on nothing may be changed. */
    void sent() {
        open = SENT;
    }

    /** The column, for setting a value in that row. */
    TabletColumn column(int number, int row) {
        if (row >= open) {
            throw open == SENT
                    ? tablet.refusedChange()
                    : new IllegalStateException("This row was taken back: add one with row(time)");
        }
        return column(number);
    }

    // --- reading ---------------------------------------------------------------------------------------------------

    int count() {
        return count;
    }

    boolean isFull() {
        return count == capacity;
    }

    long[] times() {
        return times;
    }

    /** In which order they travel. */
    RowOrder order() {
        return sorted ? RowOrder.asAdded(count) : RowOrder.byTime(times, count);
    }

    int columns() {
        return columns.length;
    }

    TabletColumn column(int number) {
        if (number < 0 || number >= columns.length) {
            throw new IllegalArgumentException("There is no column " + number + " in " + tablet
                    + ": they count from 0 to " + (columns.length - 1));
        }
        return columns[number];
    }

    int number(String name) {
        Integer number = numbers.get(name);
        if (number == null) {
            throw new IllegalArgumentException("There is no column '" + name + "' in " + tablet + "; there are "
                    + Arrays.stream(columns).map(TabletColumn::name).toList());
        }
        return number;
    }
}
