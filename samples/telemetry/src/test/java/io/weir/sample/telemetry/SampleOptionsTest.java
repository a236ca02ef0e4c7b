package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class SampleOptionsTest {

    @Test
    void withoutArgumentsItRunsOnAFreePortUntilItIsStopped() {
        assertThat(SampleOptions.parse(List.of())).isEqualTo(new SampleOptions(1_000_000, 0, 0));
    }

    @Test
    void eachCanBeSaid() {
        assertThat(SampleOptions.parse(List.of("--seconds", "5", "--port", "6667", "--rows", "1000")))
                .isEqualTo(new SampleOptions(1000, 5, 6667));
    }

    @Test
    void whatIsWrongIsSaidWithWhatIsPossible() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleOptions.parse(List.of("--row", "5")))
                .withMessage("Unknown: --row; possible are --rows <number>, --seconds <number> and --port <number>.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleOptions.parse(List.of("--port", "65536")))
                .withMessage("--port needs a number from 1 to 65535, not '65536'.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SampleOptions.parse(List.of("--seconds")))
                .withMessage("--seconds needs a number from 1 to 1000000, not ''.");
        assertThatIllegalArgumentException().isThrownBy(() -> SampleOptions.parse(List.of("--rows", "many")));
    }
}
