package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimePrecisionTest {

    @ParameterizedTest
    @EnumSource
    void everyCountIsTheSameAfterARoundTrip(TimePrecision precision) {
        for (long count : new long[] {0, 1, -1, 999, -999, 1_700_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(precision.toCount(precision.toInstant(count))).isEqualTo(count);
        }
    }

    @Test
    void aStepIsWhatTheServerSays() {
        assertThat(TimePrecision.ofWireName("ms").toInstant(-1)).isEqualTo(Instant.parse("1969-12-31T23:59:59.999Z"));
        assertThat(TimePrecision.ofWireName("US").toInstant(1)).isEqualTo(Instant.ofEpochSecond(0, 1000));
        assertThat(TimePrecision.ofWireName("ns").toInstant(1)).isEqualTo(Instant.ofEpochSecond(0, 1));
        assertThatThrownBy(() -> TimePrecision.ofWireName("s"))
                .hasMessageContaining("'s'")
                .hasMessageContaining("ms, us and ns");
    }

    @Test
    void aMomentThatIsTooFineIsRefusedAndNotRounded() {
        assertThatThrownBy(() -> TimePrecision.MILLISECONDS.toCount(Instant.ofEpochSecond(0, 1_500_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("finer than this server's precision (ms)");
    }

    @Test
    void aMomentThatIsTooFarIsRefused() {
        assertThatThrownBy(() -> TimePrecision.NANOSECONDS.toCount(Instant.parse("2300-01-01T00:00:00Z")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not fit 64 bits");
        assertThatThrownBy(() -> TimePrecision.MILLISECONDS.toCount(Instant.MIN))
                .hasMessageContaining("does not fit");
    }
}
