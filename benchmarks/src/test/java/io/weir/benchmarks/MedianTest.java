package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.weir.benchmarks.worker.Sample;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void anOddNumberHasOneInTheMiddleWhateverItsOrder() {
        assertThat(median(9, 1, 5)).isEqualTo(5);
    }

    @Test
    void anEvenNumberGivesTheMeanOfTheTwoInTheMiddle() {
        assertThat(median(100, 2, 4, 1)).isEqualTo(3);
    }

    @Test
    void oneDisturbedSampleDoesNotMoveIt() {
        assertThat(median(10, 11, 12, 11, 1_000_000)).isEqualTo(11);
    }

    @Test
    void nothingHasNoMedian() {
        assertThatIllegalArgumentException().isThrownBy(MedianTest::median);
    }

    private static double median(long... nanos) {
        List<Sample> samples = Arrays.stream(nanos).mapToObj(Samples::costing).toList();
        return Median.of(samples, Measure.CPU::of);
    }
}
