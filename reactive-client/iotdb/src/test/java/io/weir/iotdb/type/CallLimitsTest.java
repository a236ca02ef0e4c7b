package io.weir.iotdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallLimitsTest {

    @Test
    void whatIsNotSetIsLeftOpen() {
        assertThat(CallLimits.within(Duration.ofSeconds(1)).fetchSize()).isZero();
        assertThat(CallLimits.fetching(9).timeout()).isNull();
        assertThat(CallLimits.fetching(9).withTimeout(Duration.ZERO)).isEqualTo(new CallLimits(Duration.ZERO, 9));
    }

    @Test
    void whatIsBelowZeroIsRefused() {
        assertThatThrownBy(() -> CallLimits.fetching(-1)).hasMessageContaining("zero or more");
        assertThatThrownBy(() -> CallLimits.within(Duration.ofSeconds(-1))).hasMessageContaining("zero or more");
    }

    @Test
    void aRangeOfTimeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> TimeWindows.range(5, 5)).hasMessageContaining("from 5 to 5");
        assertThatThrownBy(() -> TimeWindows.range(0, 5).sliding(1)).hasMessageContaining("a step needs an interval");
        assertThatThrownBy(() -> TimeWindows.range(0, 5).every(-1)).hasMessageContaining("-1");
    }
}
