package io.weir.benchmarks;

import io.weir.benchmarks.worker.Sample;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle of a list of figures: one disturbed sample does not move it. */
final class Median {

    private Median() {}

    /** The middle one, or the mean of the two in the middle. */
    static double of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("There is no median of no samples.");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
