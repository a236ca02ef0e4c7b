package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunOptionsTest {

    @Test
    void withoutArgumentsAMillionRowsAreMeasuredOftenEnoughForACheck() {
        RunOptions options = RunOptions.parse(List.of());

        assertThat(options).isEqualTo(new RunOptions(false, false, false, 1_000_000));
        assertThat(options.samples()).isGreaterThanOrEqualTo(Targets.MIN_SAMPLES);
    }

    @Test
    void theyMayComeInAnyOrder() {
        assertThat(RunOptions.parse(List.of("--save", "--rows", "5000", "--check")))
                .isEqualTo(new RunOptions(false, true, true, 5000));
    }

    @Test
    void quickTakesThreeSamplesAndCanNotBeChecked() {
        assertThat(RunOptions.parse(List.of("--quick")).samples()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunOptions.parse(List.of("--quick", "--check")))
                .withMessageContaining("at least 5 samples");
    }

    @Test
    void whatIsUnknownOrIncompleteIsRefusedWithWhatIsPossible() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunOptions.parse(List.of("--fast")))
                .withMessage("Unknown: --fast; possible are --quick, --check, --save and --rows <number>.");
        assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.parse(List.of("--rows")));
        assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.parse(List.of("--rows", "0")));
    }
}
