package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.benchmarks.worker.Sample;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuelTest {

    @Test
    void theSidesWorkByTurnsAndTheWarmUpDoesNotCount() {
        List<String> order = new ArrayList<>();
        Duel duel = Duel.fight(side("A", order), side("B", order), 1, 3);

        assertThat(order).containsExactly("A0", "B1", "A2", "B3", "A4", "B5", "A6", "B7");
        assertThat(duel.ours()).extracting(Sample::cpuNanos).containsExactly(2000L, 4000L, 6000L);
        assertThat(duel.peer()).extracting(Sample::cpuNanos).containsExactly(3000L, 5000L, 7000L);
    }

    @Test
    void theSideWithFewerSamplesCounts() {
        Sample sample = Samples.costing(1);

        assertThat(new Duel(Samples.times(5, sample), Samples.times(4, sample)).samples())
                .isEqualTo(4);
    }

    @Test
    void oneOtherChecksumOrRowCountIsOtherWork() {
        Sample good = Samples.of(1000, 42, 1, 0);

        assertThat(new Duel(List.of(good, good), List.of(good)).sameWork()).isTrue();
        assertThat(new Duel(List.of(good, good), List.of(Samples.of(1000, 43, 1, 0))).sameWork())
                .isFalse();
        assertThat(new Duel(List.of(good, Samples.of(999, 42, 1, 0)), List.of(good)).sameWork())
                .isFalse();
    }

    private static Duel.Side side(String name, List<String> order) {
        return () -> {
            order.add(name + order.size());
            return Samples.costing(order.size() - 1);
        };
    }
}
