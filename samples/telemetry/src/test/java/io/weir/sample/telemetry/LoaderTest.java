package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class LoaderTest {

    private static final long UNTIL = 1_700_000_000_007L;

    private final Plant plant = new Plant(1);

    @Test
    void theHistoryHoldsEachReadingOnceAndEndsAtTheLastMoment() {
        List<Reading> readings = Objects.requireNonNull(
                Loader.readings(plant, 2_500, UNTIL).collectList().block());

        Set<String> keys = readings.stream()
                .map(reading -> reading.machine() + "@" + reading.time())
                .collect(Collectors.toSet());
        assertThat(readings).hasSize(2_500);
        assertThat(keys).hasSize(2_500);
        assertThat(readings.get(readings.size() - 1).time()).isEqualTo(1_700_000_000_000L);
        assertThat(readings).extracting(Reading::time).isSorted();
    }

    @Test
    void readingsAreMadeOnlyWhenTheyAreAskedFor() {
        StepVerifier.create(Loader.readings(plant, Long.MAX_VALUE, UNTIL), 3)
                .expectNextCount(3)
                .thenCancel()
                .verify();
    }
}
