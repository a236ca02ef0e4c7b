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
    void everyCharacterOfATextAndItsPlaceMatter() {
        long sum = every("machine-000012");

        assertThat(every("machine-000012")).isEqualTo(sum);
        assertThat(every("machine-000013")).isNotEqualTo(sum);
        assertThat(every("machine-000021")).isNotEqualTo(sum);
        assertThat(every("machinf-000012")).isNotEqualTo(sum);
        assertThat(every("Machine-000012")).isNotEqualTo(sum);
        assertThat(every("machine-00001")).isNotEqualTo(sum);
        assertThat(every("")).isNotEqualTo(every("\u0000"));
    }

    private static long every(String text) {
        Checksum checksum = new Checksum(true);
        checksum.add(text);
        return checksum.value();
    }

    @Test
    void lengthAndThreeCharactersOfATextMatterWhereNotAllDo() {
        long sum = sum(c -> c.add("machine-000012"));

        assertThat(sum(c -> c.add("machine-000013"))).isNotEqualTo(sum);
        assertThat(sum(c -> c.add("machine_000012"))).isNotEqualTo(sum);
        assertThat(sum(c -> c.add("Machine-000012"))).isNotEqualTo(sum);
        assertThat(sum(c -> c.add("machine-0000012"))).isNotEqualTo(sum);
        assertThat(sum(c -> c.add(""))).isNotEqualTo(sum(c -> c.add("\u0000")));
    }

    @Test
    void valuesThatChangePlacesFarApartAreSeen() {
        assertThat(sum(c -> spread(c, 1.0, 0.5))).isNotEqualTo(sum(c -> spread(c, 0.5, 1.0)));
    }

    private static void spread(Checksum checksum, double first, double second) {
        checksum.add(first);
        for (int i = 1; i < 1 << 16; i++) {
            checksum.add(0L);
        }
        checksum.add(second);
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

    @Test
    void partsOfSeveralCallersAddUpInTheirOrder() {
        Checksum part = new Checksum();
        twoRows(part);
        Checksum other = new Checksum();
        other.add(5L);
        Checksum whole = new Checksum();
        whole.addAll(part);
        whole.addAll(part);

        assertThat(whole.rows()).isEqualTo(4);
        assertThat(sum(c -> {
                    c.addAll(part);
                    c.addAll(other);
                }))
                .isNotEqualTo(sum(c -> {
                    c.addAll(other);
                    c.addAll(part);
                }));
    }
}
