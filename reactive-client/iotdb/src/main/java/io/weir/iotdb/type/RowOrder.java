package io.weir.iotdb.type;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of a tablet travel, and in which order: as they were added, or by time. The tablet itself is not sorted, so
 * that its rows keep the numbers by which errors name them.
 */
final class RowOrder {

    private static final int RUN = 16;

    private final int @Nullable [] rows;
    private final int count;

    private RowOrder(int @Nullable [] rows, int count) {
        this.rows = rows;
        this.count = count;
    }

    static RowOrder asAdded(int count) {
        return new RowOrder(null, count);
    }

    static RowOrder of(int[] rows) {
        return new RowOrder(rows, rows.length);
    }

    /** By time; rows of the same time stay in the order in which they were added, because the last one counts. */
    static RowOrder byTime(long[] times, int count) {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = i;
        }
        for (int from = 0; from < count; from += RUN) {
            insertionSort(rows, from, Math.min(from + RUN, count), times);
        }
        int[] spare = new int[count];
        for (int run = RUN; run < count && run > 0; run *= 2) {
            for (int from = 0; from < count; from += 2 * run) {
                merge(rows, spare, from, Math.min(from + run, count), Math.min(from + 2 * run, count), times);
                if (from > count - 2 * run) {
                    break;
                }
            }
            int[] swap = rows;
            rows = spare;
            spare = swap;
        }
        return of(rows);
    }

    private static void insertionSort(int[] rows, int from, int to, long[] times) {
        for (int i = from + 1; i < to; i++) {
            int row = rows[i];
            int at = i;
            while (at > from && times[rows[at - 1]] > times[row]) {
                rows[at] = rows[at - 1];
                at--;
            }
            rows[at] = row;
        }
    }

    private static void merge(int[] from, int[] to, int start, int middle, int end, long[] times) {
        int left = start;
        int right = middle;
        for (int i = start; i < end; i++) {
            boolean takeLeft = left < middle && (right >= end || times[from[left]] <= times[from[right]]);
            to[i] = from[takeLeft ? left++ : right++];
        }
    }

    int count() {
        return count;
    }

    /** Whether rows travel as they were added, all of them: then arrays can be copied as they are. */
    boolean isAsAdded() {
        return rows == null;
    }

    /** The number in the tablet of the row that travels at that place. */
    int row(int place) {
        return rows == null ? place : rows[place];
    }
}
