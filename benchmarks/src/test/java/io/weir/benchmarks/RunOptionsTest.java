package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunOptionsTest {

    private static final Contest FIGURE = Contest.of("iotdb.scan", "scan", Measure.ROWS);
    private static final Contest POINT =
            Contest.of("iotdb.width", "wide 1", Measure.ROWS).asPointOfACurve();

    @Test
    void withoutArgumentsAMillionRowsAreMeasuredOftenEnoughForACheck() {
        RunOptions options = RunOptions.parse(List.of());

        assertThat(options).isEqualTo(new RunOptions(false, false, false, false, 1_000_000, ""));
        assertThat(options.samples(FIGURE)).isGreaterThanOrEqualTo(Targets.MIN_SAMPLES);
    }

    @Test
    void theyMayComeInAnyOrder() {
        assertThat(RunOptions.parse(List.of("--save", "--rows", "5000", "--check")))
                .isEqualTo(new RunOptions(false, true, true, false, 5000, ""));
    }

    @Test
    void quickTakesThreeSamplesAndCanNotBeChecked() {
        assertThat(RunOptions.parse(List.of("--quick")).samples(FIGURE)).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunOptions.parse(List.of("--quick", "--check")))
                .withMessageContaining("at least 5 samples");
    }

    @Test
    void whatIsUnknownOrIncompleteIsRefusedWithWhatIsPossible() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunOptions.parse(List.of("--fast")))
                .withMessage("Unknown: --fast; possible are --quick, --check, --save, --curves, --rows <number> and"
                        + " --only <beginning of a name>.");
        assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.parse(List.of("--rows")));
        assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.parse(List.of("--rows", "0")));
    }

    @Test
    void curvesAreMeasuredIfAskedForOrNamedWithFewerSamples() {
        assertThat(RunOptions.parse(List.of()).includes(POINT)).isFalse();
        assertThat(RunOptions.parse(List.of("--curves")).includes(POINT)).isTrue();
        assertThat(RunOptions.parse(List.of("--curves")).includes(FIGURE)).isTrue();
        assertThat(RunOptions.parse(List.of("--curves")).samples(POINT)).isEqualTo(5);
        assertThat(RunOptions.parse(List.of("--only", "iotdb.w")).includes(POINT))
                .isTrue();
        assertThat(RunOptions.parse(List.of("--only", "iotdb.w")).includes(FIGURE))
                .isFalse();
    }

    @Test
    void someFiguresAloneCanNotBeChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RunOptions.parse(List.of("--only", "iotdb.scan", "--check")))
                .withMessageContaining("leave one of them out");
        assertThatIllegalArgumentException().isThrownBy(() -> RunOptions.parse(List.of("--only", "--save")));
    }
}
