package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowMeterTest {

    private static final long MILLI = 1_000_000;

    private final FlowMeter meter = new FlowMeter();

    @Test
    void theFirstLookKnowsNoRate() {
        meter.add(100);

        assertThat(meter.at(0))
                .extracting(Snapshot.Flow::total, Snapshot.Flow::perSecond)
                .containsExactly(100L, 0.0);
    }

    @Test
    void theRateIsThatOfTheLastSecondAndNotOfTheWholeRun() {
        for (int tick = 0; tick <= 10; tick++) {
            meter.at(tick * 200 * MILLI);
            meter.add(20);
        }
        assertThat(meter.at(2_200 * MILLI).perSecond()).isEqualTo(100.0);

        for (int tick = 12; tick <= 16; tick++) {
            meter.at(tick * 200 * MILLI);
        }
        assertThat(meter.at(3_400 * MILLI))
                .extracting(Snapshot.Flow::total, Snapshot.Flow::perSecond)
                .containsExactly(220L, 0.0);
    }

    @Test
    void rareLooksStillGiveARate() {
        meter.at(0);
        meter.add(500);

        assertThat(meter.at(5_000 * MILLI).perSecond()).isEqualTo(100.0);
    }
}
