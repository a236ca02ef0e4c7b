package io.weir.sample.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History(500);

    @Test
    void aSpanKeepsItsLastValue() {
        history.add(1_000, 1);
        history.add(1_499, 2);
        history.add(1_500, 3);

        assertThat(history.values()).containsExactly(2.0, 3.0);
    }

    @Test
    void onlyTheNewestValuesAreKept() {
        for (int i = 0; i < 500; i++) {
            history.add(i * 500L, i);
        }

        assertThat(history.values()).hasSize(120).startsWith(380.0).endsWith(499.0);
    }
}
