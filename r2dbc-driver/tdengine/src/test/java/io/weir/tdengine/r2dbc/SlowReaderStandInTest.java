package io.weir.tdengine.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.testkit.compliance.SlowReader;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ten million rows through a JVM that could not hold a tenth of them. */
class SlowReaderStandInTest {

    private static final long ROWS = 10_000_000;
    /** What the stand-in counts by. */
    private static final long STEP = 7;

    @Test
    @Timeout(300)
    void tenMillionRowsPassThroughASmallJvmHoweverSlowlyTheyAreRead() throws IOException, InterruptedException {
        try (StandIn at = StandIn.of(StandIn.TWO_STEPS)) {
            assertThat(SlowReader.inASmallJvm(at.url(), "SELECT i FROM weir_gen.rows_" + ROWS))
                    .contains("rows=" + ROWS + " sum=" + STEP * ROWS * (ROWS - 1) / 2);
        }
    }
}
