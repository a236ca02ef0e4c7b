package io.weir.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.benchmarks.worker.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTest {

    private static final Figure.Setting SETTING = new Figure.Setting("iotdb.scan", "iotdb", "-", "iotdb-session:2.0.7");

    @Test
    void moreRowsPerSecondAreBetter() {
        Sample ours = new Sample(3_000_000, 1, 1_500_000_000, 1, 1, 1, 0, 0, 0, 0);
        Sample peer = new Sample(3_000_000, 1, 3_000_000_000L, 1, 1, 1, 0, 0, 0, 0);

        assertThat(Figure.of(SETTING, Measure.ROWS, duel(ours, peer)).line())
                .isEqualTo("BENCH iotdb.scan.rows server=iotdb variant=- ours=2000000 peer=1000000 ratio=2.00"
                        + " unit=rows/s peer_name=iotdb-session:2.0.7");
    }

    @Test
    void lessCpuPerRowIsBetter() {
        Sample ours = new Sample(1000, 1, 1, 25_000, 1, 1, 0, 0, 0, 0);
        Sample peer = new Sample(1000, 1, 1, 61_500, 1, 1, 0, 0, 0, 0);

        assertThat(Figure.of(SETTING, Measure.CPU, duel(ours, peer)).line())
                .isEqualTo("BENCH iotdb.scan.cpu server=iotdb variant=- ours=25.0 peer=61.5 ratio=2.46"
                        + " unit=ns/row peer_name=iotdb-session:2.0.7");
    }

    @Test
    void fewerBytesPerRowAreBetterAndSmallNumbersKeepTheirDigits() {
        Sample ours = new Sample(1000, 1, 1, 1, 50, 1, 0, 0, 0, 0);
        Sample peer = new Sample(1000, 1, 1, 1, 175_500, 1, 0, 0, 0, 0);

        assertThat(Figure.of(SETTING, Measure.ALLOC, duel(ours, peer)).line())
                .isEqualTo("BENCH iotdb.scan.alloc server=iotdb variant=- ours=0.050 peer=175.5 ratio=3510.00"
                        + " unit=B/row peer_name=iotdb-session:2.0.7");
    }

    @Test
    void callsHaveTheirTimesAndWhatGoesOnBesideThemItsRate() {
        Sample ours = new Sample(500, 1, 500_000_000, 1, 1, 1, 0, 900_000, 2_500_000, 1000);
        Sample peer = new Sample(500, 1, 1_000_000_000, 1, 1, 1, 0, 800_000, 5_000_000, 4000);

        assertThat(Figure.of(SETTING, Measure.OPS, duel(ours, peer)).line())
                .contains("ours=1000 peer=500.0 ratio=2.00");
        assertThat(Figure.of(SETTING, Measure.P99, duel(ours, peer)).line())
                .contains("iotdb.scan.p99", "ours=2500 peer=5000 ratio=2.00 unit=us-p99");
        assertThat(Figure.of(SETTING, Measure.P50, duel(ours, peer)).line()).contains("ratio=0.89 unit=us-p50");
        assertThat(Figure.of(SETTING, Measure.BESIDE, duel(ours, peer)).line())
                .contains("ours=2000 peer=4000 ratio=0.50 unit=rows/s");
    }

    private static Duel duel(Sample ours, Sample peer) {
        return new Duel(List.of(ours), List.of(peer));
    }
}
