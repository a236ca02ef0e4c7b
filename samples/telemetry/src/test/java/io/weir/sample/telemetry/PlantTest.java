package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PlantTest {

    private static final long NOW = 1_700_000_000_000L;
    private static final long HOUR = 3_600_000;

    private final Plant plant = new Plant(7);

    @Test
    void aReadingDependsOnSeedMachineAndTimeAlone() {
        assertThat(plant.reading(3, NOW)).isEqualTo(new Plant(7).reading(3, NOW));
        assertThat(plant.reading(3, NOW)).isNotEqualTo(new Plant(8).reading(3, NOW));
        assertThat(plant.reading(3, NOW).temperature())
                .isNotEqualTo(plant.reading(4, NOW).temperature());
    }

    @Test
    void twelveMachinesHaveNamesOfTheirOwn() {
        assertThat(plant.machines()).hasSize(12).doesNotHaveDuplicates().startsWith("press-01", "press-02");
    }

    @Test
    void aSpanHoldsItsEndAndNotItsBeginningForEveryMachine() {
        List<Reading> readings = plant.readings(NOW, NOW + 2 * Plant.STEP);

        assertThat(readings).hasSize(24);
        assertThat(readings)
                .extracting(Reading::time)
                .startsWith(NOW + Plant.STEP)
                .endsWith(NOW + 2 * Plant.STEP);
        assertThat(readings.subList(0, 12)).extracting(Reading::machine).isEqualTo(plant.machines());
    }

    @Test
    void spansThatFollowEachOtherLeaveNothingOutAndRepeatNothing() {
        List<Reading> whole = plant.readings(NOW + 7, NOW + 207);
        List<Reading> parts = new ArrayList<>(plant.readings(NOW + 7, NOW + 91));
        parts.addAll(plant.readings(NOW + 91, NOW + 207));

        assertThat(parts).isEqualTo(whole).hasSize(120);
    }

    @Test
    void aSpanWithoutAMomentIsEmpty() {
        assertThat(plant.readings(NOW, NOW + Plant.STEP - 1)).isEmpty();
        assertThat(plant.readings(NOW, NOW - 1)).isEmpty();
    }

    @Test
    void everyStateIsSeenWithinAnHourAndLooksLikeIt() {
        List<Reading> hour = LongStream.range(0, HOUR / 1000)
                .mapToObj(second -> plant.reading(0, NOW + second * 1000))
                .toList();

        assertThat(hour).extracting(Reading::state).contains("warming", "running", "fault", "cooling", "idle");
        assertThat(hour)
                .filteredOn(reading -> reading.state().equals("running"))
                .allSatisfy(reading -> {
                    assertThat(reading.temperature()).isBetween(58.0, 78.0);
                    assertThat(reading.vibration()).isBetween(1.5, 3.5);
                    assertThat(reading.power()).isBetween(6.5, 13.1);
                });
        assertThat(hour)
                .filteredOn(reading -> reading.state().equals("fault"))
                .extracting(Reading::vibration)
                .allMatch(vibration -> vibration > 5);
        assertThat(hour)
                .filteredOn(reading -> reading.state().equals("idle"))
                .extracting(Reading::power)
                .allMatch(power -> power < 1.2);
    }
}
