package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LoaderTest {

    private static final long UNTIL = 1_700_000_000_007L;

    private final Plant plant = new Plant(1);

    @Test
    void theStatementsTogetherHoldEachReadingOnceAndEndAtTheLastMoment() {
        List<Reading> readings = new ArrayList<>();
        for (long statement = 0; statement < 3; statement++) {
            readings.addAll(Loader.batch(plant, statement, 2_500, UNTIL));
        }

        Set<String> keys = readings.stream()
                .map(reading -> reading.machine() + "@" + reading.time())
                .collect(Collectors.toSet());
        assertThat(readings).hasSize(2_500);
        assertThat(keys).hasSize(2_500);
        assertThat(readings.get(readings.size() - 1).time()).isEqualTo(1_700_000_000_000L);
        assertThat(readings).extracting(Reading::time).isSorted();
    }

    @Test
    void noStatementIsLargerThanAThousandRows() {
        assertThat(Loader.batch(plant, 0, 2_500, UNTIL)).hasSize(1_000);
        assertThat(Loader.batch(plant, 2, 2_500, UNTIL)).hasSize(500);
    }
}
