package io.weir.benchmarks.worker.iotdb;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rows of the benchmarks, one per millisecond and without nulls: an INT64, a DOUBLE, a BOOLEAN and a TEXT of 14
 * characters; or up to 100 DOUBLEs. And the statements that read them.
 */
public final class Data {

    public static final String DATABASE = "root.bench";
    public static final String SCAN = DATABASE + ".scan";
    public static final String LONG = DATABASE + ".long";
    public static final String WIDE = DATABASE + ".wide";

    public static final long FIRST_TIME = 1_700_000_000_000L;
    public static final int WIDE_COLUMNS = 100;
    public static final int WIDE_ROWS = 50_000;

    /** How often the wide device is read in one run: code that runs once for each reply is slow to be compiled. */
    public static final int WIDE_TIMES = 20;

    /** Rows of one tablet that is measured. */
    public static final int TABLET_ROWS = 1000;

    /** Tablets of one run, over all devices. */
    public static final int TABLETS = 2000;

    /** Where it is not the number of callers that differs. */
    public static final int CALLERS = 64;

    /** Calls of one run, over all callers. */
    public static final int CALLS = 12_800;

    /** How long the slow reader of a scan rests after {@link #FETCH_ROWS} rows. */
    public static final int REST_MILLIS = 2;

    /** The peer's default; measured, it is as fast with 1000 and with 10 000, and slower beyond. */
    public static final int FETCH_ROWS = 5000;

    public static final String LAST = "SELECT LAST temperature FROM " + SCAN;

    private static final String COLUMNS = "counter, temperature, running, label";
    private static final String[] LABELS = IntStream.range(0, TABLET_ROWS)
            .mapToObj(i -> String.format(Locale.ROOT, "machine-%06d", i))
            .toArray(String[]::new);

    private Data() {}

    public static String scan() {
        return all(SCAN);
    }

    /** The rows of the long device up to so many. */
    public static String scan(int rows) {
        return all(LONG) + " WHERE time < " + (FIRST_TIME + rows);
    }

    /** How often a scan of so many rows is repeated in one run. */
    public static int times(int rows) {
        return Math.max(1, 1_000_000 / rows);
    }

    /** All rows of one device. */
    public static String all(String device) {
        return "SELECT " + COLUMNS + " FROM " + device;
    }

    /** Where a side writes with one of its sessions. */
    public static String written(String side, int sessions, int session) {
        return DATABASE + "." + side + ".of" + sessions + ".n" + session;
    }

    /** So many columns of the wide device. */
    public static String wide(int columns) {
        String names = IntStream.range(0, columns).mapToObj(Data::wideColumn).collect(Collectors.joining(", "));
        return "SELECT " + names + " FROM " + WIDE;
    }

    public static String wideColumn(int column) {
        return "s" + column;
    }

    public static long counter(long row) {
        return row * 7_919L;
    }

    public static double temperature(long row) {
        return 20 + (row % 1000) * 0.37;
    }

    public static boolean running(long row) {
        return row % 3 == 0;
    }

    /** One of a thousand texts that are there already: to make one costs more than to send it. */
    public static String label(long row) {
        return LABELS[(int) (row % LABELS.length)];
    }
}
