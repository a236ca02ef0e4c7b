package io.weir.benchmarks.worker.tdengine;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * The rows of the benchmarks, one per millisecond and without nulls: a BIGINT, a DOUBLE, a BOOL and a VARCHAR of 14
 * characters. And the statements that read and write them.
 */
public final class Data {

    public static final String DATABASE = "bench";
    public static final String POINTS = DATABASE + ".points";

    /** A question whose answer is one row. */
    public static final String POINT = "SELECT ts, counter, temperature, running, label FROM " + POINTS + " LIMIT 1";

    public static final long FIRST_TIME = 1_700_000_000_000L;

    /** Calls of one run, over all callers. */
    public static final int CALLS = 12_800;

    /** Rows of one run of inserts, over all tables. */
    public static final int ROWS = 400_000;

    /** Rows that are written once more, kept by the server and read back. */
    public static final int PROVEN_ROWS = 40_000;

    /** Tables of the variants with many. */
    public static final int TABLES = 100;

    private static final String COLUMNS =
            "(ts TIMESTAMP, counter BIGINT, temperature DOUBLE, running BOOL, label VARCHAR(20))";
    private static final String[] LABELS = IntStream.range(0, 1000)
            .mapToObj(i -> String.format(Locale.ROOT, "machine-%06d", i))
            .toArray(String[]::new);

    private Data() {}

    /** What is there before anything is measured. */
    public static String[] schema(String side) {
        return new String[] {
            "CREATE DATABASE IF NOT EXISTS " + DATABASE,
            "CREATE TABLE IF NOT EXISTS " + POINTS + " " + COLUMNS,
            "INSERT INTO " + POINTS + " VALUES (" + FIRST_TIME + ", 7919, 20.37, true, 'machine-000001')",
            "CREATE TABLE IF NOT EXISTS " + one(side) + " " + COLUMNS,
            "CREATE STABLE IF NOT EXISTS " + many(side) + " " + COLUMNS + " TAGS (place INT)"
        };
    }

    /** The generated rows of the server: so many of five columns. */
    public static String scan(int rows) {
        return "SELECT * FROM weir_gen.rows_" + rows;
    }

    /** Where a side writes in the variants with one table. */
    public static String one(String side) {
        return DATABASE + "." + side + "_one";
    }

    /** Where a side writes in the variants with many tables. */
    public static String many(String side) {
        return DATABASE + "." + side + "_many";
    }

    /** The name of one of its tables. */
    public static String table(String side, int number) {
        return side + "_t" + number;
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

    /** All rows of a table in their order, to prove what was written. */
    public static String all(String table) {
        return "SELECT ts, counter, temperature, running, label FROM " + table + " ORDER BY ts, counter";
    }

    /** Whether the server keeps what is written. While writing is measured it does not: it would measure its memory. */
    public static void keepWrites(String host, String port, boolean keep) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://" + host + ":" + port + "/weir/manners?discard_writes=" + !keep))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("The server does not do as it is told: " + answer.body());
        }
    }
}
