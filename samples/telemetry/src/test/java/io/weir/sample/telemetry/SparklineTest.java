package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SparklineTest {

    private static final List<Double> RAMP = List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0);

    @Test
    void itRisesFromTheLowestBarToTheHighest() {
        assertThat(Sparkline.of(RAMP, 8, 0, 7)).isEqualTo("▁▂▃▄▅▆▇█");
    }

    @Test
    void theNewestValuesAreShownAndTheRestIsBlank() {
        assertThat(Sparkline.of(RAMP, 3, 0, 7)).isEqualTo("▆▇█");
        assertThat(Sparkline.of(RAMP, 10, 0, 7)).isEqualTo("  ▁▂▃▄▅▆▇█");
        assertThat(Sparkline.of(List.of(), 3, 0, 7)).isEqualTo("   ");
    }

    @Test
    void whatIsBeyondTheEndsIsDrawnAsTheEnds() {
        assertThat(Sparkline.of(List.of(-5.0, 50.0), 2, 0, 7)).isEqualTo("▁█");
    }

    @Test
    void withoutATopOfItsOwnTheLargestValueIsTheTop() {
        assertThat(Sparkline.upTo(List.of(0.0, 5.0, 10.0), 3, 0)).isEqualTo("▁▅█");
        assertThat(Sparkline.upTo(List.of(0.0, 5.0, 10.0), 3, 20)).isEqualTo("▁▃▅");
    }

    @Test
    void nothingButZerosIsAFlatLine() {
        assertThat(Sparkline.upTo(List.of(0.0, 0.0), 2, 0)).isEqualTo("▁▁");
    }
}
