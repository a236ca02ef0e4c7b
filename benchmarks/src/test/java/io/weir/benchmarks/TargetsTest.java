package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.weir.benchmarks.Targets.Measured;
import io.weir.benchmarks.worker.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private static final Sample OURS = Samples.costing(10);
    private static final Sample PEER = Samples.costing(25);
    private static final Targets TARGETS = Targets.parse(List.of("# what we want", "", "a.cpu  2.5  # just met"));

    @Test
    void aSoundRatioThatIsJustMetPasses() {
        assertThat(TARGETS.failures(List.of(measured("a", sound())))).isEmpty();
    }

    @Test
    void aRatioBelowItsTargetFails() {
        Targets higher = Targets.parse(List.of("a.cpu 2.51"));

        assertThat(higher.failures(List.of(measured("a", sound()))))
                .containsExactly("a.cpu: the ratio is 2.500, the target 2.51.");
    }

    @Test
    void aRatioThatIsNoNumberFails() {
        Duel nothing = new Duel(Samples.times(5, Samples.costing(0)), Samples.times(5, Samples.costing(0)));

        assertThat(TARGETS.failures(List.of(measured("a", nothing))))
                .singleElement()
                .asString()
                .contains("NaN");
    }

    @Test
    void aTargetThatWasNotMeasuredFails() {
        assertThat(TARGETS.failures(List.of())).containsExactly("a.cpu has a target, but was not measured.");
    }

    @Test
    void aFigureWithoutTargetFails() {
        assertThat(TARGETS.failures(List.of(measured("a", sound()), measured("b", sound()))))
                .containsExactly("b.cpu has no target: add one, or do not measure it.");
    }

    @Test
    void aFigureForInformationMayBeAnythingButMustBeMeasured() {
        Targets any = Targets.parse(List.of("a.cpu any  # to know"));
        Duel slower = new Duel(Samples.times(5, PEER), Samples.times(5, OURS));

        assertThat(any.failures(List.of(measured("a", slower)))).isEmpty();
        assertThat(any.failures(List.of())).containsExactly("a.cpu has a target, but was not measured.");
    }

    @Test
    void fewerThanFiveSamplesOfEitherSideFail() {
        Duel four = new Duel(Samples.times(5, OURS), Samples.times(4, PEER));

        assertThat(TARGETS.failures(List.of(measured("a", four))))
                .containsExactly("a.cpu: 4 samples, at least 5 are needed.");
    }

    @Test
    void otherWorkFails() {
        Duel other = new Duel(Samples.times(5, OURS), Samples.times(5, Samples.of(1000, 43, 25, 0)));

        assertThat(TARGETS.failures(List.of(measured("a", other))))
                .containsExactly("a.cpu: rows or checksums differ, so the work was not the same.");
    }

    @Test
    void aThreadThatEndedWithinASampleFails() {
        Duel incomplete = new Duel(Samples.times(5, OURS), Samples.times(5, Samples.of(1000, 42, 25, 1)));

        assertThat(TARGETS.failures(List.of(measured("a", incomplete))))
                .containsExactly("a.cpu: a thread ended within a sample and took its figures with it.");
    }

    @Test
    void aFileThatSaysNothingOrNonsenseIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Targets.parse(List.of("# nothing")))
                .withMessageContaining("nothing would be checked");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Targets.parse(List.of("a.cpu 2", "a.rows fast")))
                .withMessageContaining("Line 2")
                .withMessageContaining("a.rows fast");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Targets.parse(List.of("a.cpu 2", "a.cpu 3")))
                .withMessageContaining("repeats a.cpu");
    }

    private static Duel sound() {
        return new Duel(Samples.times(5, OURS), Samples.times(5, PEER));
    }

    private static Measured measured(String prefix, Duel duel) {
        Figure.Setting setting = new Figure.Setting(prefix, "iotdb", "-", "peer:1");
        return new Measured(Figure.of(setting, Measure.CPU, duel), duel);
    }
}
