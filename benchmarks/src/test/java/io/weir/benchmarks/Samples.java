package io.weir.benchmarks;

import io.weir.benchmarks.worker.Sample;
import java.util.Collections;
import java.util.List;

/** Samples and duels with chosen figures. */
final class Samples {

    private Samples() {}

    /** A second for 1000 rows, at so many nanoseconds of CPU a row, and as many bytes. */
    static Sample costing(long perRow) {
        return of(1000, 42, perRow, 0);
    }

    static Sample of(long rows, long checksum, long perRow, int threadsEnded) {
        return new Sample(
                rows, checksum, 1_000_000_000, rows * perRow, rows * perRow, rows * perRow, threadsEnded, 0, 0, 0);
    }

    static List<Sample> times(int count, Sample sample) {
        return Collections.nCopies(count, sample);
    }
}
