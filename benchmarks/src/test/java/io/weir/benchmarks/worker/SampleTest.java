package io.weir.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SampleTest {

    @Test
    void whatOneProcessWritesTheOtherReads() {
        Sample sample = new Sample(1_000_000, -42, 1, 2, 3, 4, 5, 6, 7, 8);

        assertThat(Sample.parse(sample.line())).isEqualTo(sample);
    }

    @Test
    void anythingElseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Sample.parse("FAILED because"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.parse("SAMPLE rows=1 checksum=0"))
                .withMessageContaining("without nanos");
    }
}
