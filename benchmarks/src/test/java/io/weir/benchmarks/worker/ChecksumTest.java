package io.weir.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChecksumTest {

    @Test
    void theSameRowsGiveTheSameSum() {
        assertThat(sum(ChecksumTest::twoRows)).isEqualTo(sum(ChecksumTest::twoRows));
    }

    @Test
    void everyValueAndItsPlaceMatter() {
        long sum = sum(ChecksumTest::twoRows);

        assertThat(sum(c -> {
                    c.add(2L);
                    c.add(1L);
                    c.endRow();
                    c.add("x");
                    c.endRow();
                }))
                .isNotEqualTo(sum);
        assertThat(sum(c -> {
                    c.add(1L);
                    c.endRow();
                    c.add(2L);
                    c.add("x");
                    c.endRow();
                }))
                .isNotEqualTo(sum);
        assertThat(sum(c -> c.add(true))).isNotEqualTo(sum(c -> c.add(false)));
        assertThat(sum(c -> c.add(0.0))).isNotEqualTo(sum(c -> c.add(-0.0)));
        assertThat(sum(Checksum::addNull)).isNotEqualTo(sum(c -> c.add(0L)));
    }

    @Test
    void rowsAreCounted() {
        Checksum checksum = new Checksum();
        twoRows(checksum);

        assertThat(checksum.rows()).isEqualTo(2);
    }

    private static void twoRows(Checksum checksum) {
        checksum.add(1L);
        checksum.add(2L);
        checksum.endRow();
        checksum.add("x");
        checksum.endRow();
    }

    private static long sum(Consumer<Checksum> values) {
        Checksum checksum = new Checksum();
        values.accept(checksum);
        return checksum.value();
    }
}
