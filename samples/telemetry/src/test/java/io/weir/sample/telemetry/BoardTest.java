package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardTest {

    private static final long START = 5_000_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final Board board = new Board(List.of("a", "b", "c"), 1_000, new FixedMemory(), START);

    @Test
    void machinesStandInTheirOrderOnceTheyHaveBeenHeardOf() {
        board.readBack(reading("c", 500, 3));
        board.readBack(reading("a", 500, 1));
        board.readBack(reading("a", 1_000, 2));

        Snapshot now = board.snapshot(START + SECOND);

        assertThat(now.machines()).extracting(trace -> trace.latest().machine()).containsExactly("a", "c");
        assertThat(now.machines().get(0).latest().temperature()).isEqualTo(2);
        assertThat(now.machines().get(0).temperature()).containsExactly(1.0, 2.0);
        assertThat(now.readBack().total()).isEqualTo(3);
    }

    @Test
    void whatTheStreamsReportIsShown() {
        board.loadBegins(START + SECOND);
        board.loaded(400, START + 2 * SECOND);
        board.snapshot(START + 2 * SECOND);
        board.written(60);
        board.replayed(500);
        board.answered(Duration.ofMillis(3));

        Snapshot now = board.snapshot(START + 3 * SECOND);

        assertThat(now.up()).isEqualTo(Duration.ofSeconds(3));
        assertThat(now.load()).isEqualTo(new Snapshot.Load(400, 1_000, Duration.ofSeconds(1)));
        assertThat(now.load().perSecond()).isEqualTo(400);
        assertThat(now.written()).isEqualTo(new Snapshot.Flow(60, 60, List.of(0.0, 60.0)));
        assertThat(now.replayed().perSecond()).isEqualTo(500);
        assertThat(now.latency()).isEqualTo(new Snapshot.Latency(3, 3));
        assertThat(now.heap()).isEqualTo(new Snapshot.Memory(10, 100, List.of(10.0, 10.0)));
        assertThat(now.direct()).isEqualTo(new Snapshot.Memory(20, 200, List.of(20.0, 20.0)));
    }

    private static Reading reading(String machine, long time, double temperature) {
        return new Reading(time, machine, temperature, 0, 0, "running");
    }

    private static final class FixedMemory implements MemoryUse {
        @Override
        public long heapUsed() {
            return 10;
        }

        @Override
        public long heapMax() {
            return 100;
        }

        @Override
        public long directUsed() {
            return 20;
        }

        @Override
        public long directMax() {
            return 200;
        }
    }
}
