package io.weir.benchmarks.worker;

import java.util.HashMap;
import java.util.Map;

/**
 * What one run of a {@link Work} cost.
 *
 * @param rows how many rows were read or written, or how many calls were made
 * @param checksum over all their values
 * @param nanos by the wall
 * @param cpuNanos CPU time of all Java threads of the JVM: the caller's, the client's, and this worker's own, which only
 *     waits. The collector's and the compiler's threads are not among them
 * @param allocatedBytes by the same threads, on the heap
 * @param processCpuNanos CPU time of the whole process, so with the collector and the compiler: for information
 * @param threadsEnded how many threads ended in the meantime and took their figures with them; zero in a sound sample
 * @param p50Nanos what half of the calls took at most; 0 where calls are not timed
 * @param p99Nanos what 99 of 100 calls took at most; 0 where calls are not timed
 * @param besideRows rows that were read beside the work; 0 where there is nothing beside it
 */
public record Sample(
        long rows,
        long checksum,
        long nanos,
        long cpuNanos,
        long allocatedBytes,
        long processCpuNanos,
        int threadsEnded,
        long p50Nanos,
        long p99Nanos,
        long besideRows) {

    /** Begins such a line. */
    public static final String MARK = "SAMPLE ";

    /** One line, as it goes over the worker's standard output. */
    public String line() {
        return MARK + "rows=" + rows + " checksum=" + Long.toHexString(checksum) + " nanos=" + nanos + " cpu="
                + cpuNanos + " alloc=" + allocatedBytes + " process_cpu=" + processCpuNanos + " ended=" + threadsEnded
                + " p50=" + p50Nanos + " p99=" + p99Nanos + " beside=" + besideRows;
    }

    public static boolean isSample(String line) {
        return line.startsWith(MARK);
    }

    /**
     * Reads what {@link #line()} wrote.
     *
     * @throws IllegalArgumentException if it is not such a line, or a field is missing
     */
    public static Sample parse(String line) {
        if (!isSample(line)) {
            throw new IllegalArgumentException("Not a sample: " + line);
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : line.substring(MARK.length()).split(" ", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        return new Sample(
                number(fields, "rows", line),
                Long.parseUnsignedLong(text(fields, "checksum", line), 16),
                number(fields, "nanos", line),
                number(fields, "cpu", line),
                number(fields, "alloc", line),
                number(fields, "process_cpu", line),
                (int) number(fields, "ended", line),
                number(fields, "p50", line),
                number(fields, "p99", line),
                number(fields, "beside", line));
    }

    private static long number(Map<String, String> fields, String name, String line) {
        return Long.parseLong(text(fields, name, line));
    }

    private static String text(Map<String, String> fields, String name, String line) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("A sample without " + name + ": " + line);
        }
        return value;
    }
}
