package io.weir.iotdb.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.weir.core.TimePrecision;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TabletTest {

    private static Tablet of(IotdbType type) {
        return Tablet.ofDevice("root.a.d").column("c", type).build();
    }

    private static void refuses(IotdbType type, java.util.function.Consumer<TabletRow> set, String... words) {
        Tablet tablet = of(type);
        tablet.row(1);
        TabletRow row = tablet.row(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set.accept(row))
                .withMessageContaining("Row 1, column 'c' (" + type + ")")
                .withMessageContainingAll(words);
        try (TabletContent content = tablet.content()) {
            assertThat(content.isNull(0, 1)).as("nothing was stored").isTrue();
        }
    }

    @Test
    void aBadValueIsAnErrorThatNamesColumnAndRowAndWhatIsPossible() {
        refuses(IotdbType.BOOLEAN, row -> row.set("c", 1), "booleans");
        refuses(IotdbType.INT32, row -> row.set("c", 1L << 31), "32 bits");
        refuses(IotdbType.INT32, row -> row.set("c", 1.0), "a double");
        refuses(IotdbType.INT64, row -> row.set("c", 1f), "a float");
        refuses(IotdbType.FLOAT, row -> row.set("c", 1.1), "1.1f");
        refuses(IotdbType.FLOAT, row -> row.set("c", (1 << 24) + 1), "24 bits");
        refuses(IotdbType.DOUBLE, row -> row.set("c", Long.MIN_VALUE), "53 bits");
        refuses(IotdbType.DOUBLE, row -> row.set("c", "1.5"), "a text");
        refuses(IotdbType.TEXT, row -> row.set("c", "a\ud800b"), "unpaired surrogate");
        refuses(IotdbType.STRING, row -> row.set("c", new byte[1]), "bytes");
        refuses(IotdbType.BLOB, row -> row.set("c", "text"), "byte[]");
        refuses(IotdbType.DATE, row -> row.set("c", LocalDate.of(999, 12, 31)), "year 999");
        refuses(IotdbType.DATE, row -> row.set("c", 20240229), "LocalDate");
        refuses(IotdbType.INT64, row -> row.set("c", Instant.EPOCH), "an Instant");
        refuses(IotdbType.INT64, row -> row.set("c", LocalDate.of(2024, 1, 1)), "a LocalDate");
        refuses(IotdbType.INT64, row -> row.set("c", new java.math.BigDecimal("1")), "java.math.BigDecimal");
    }

    @Test
    void aMomentFinerThanThePrecisionIsRefusedWithColumnAndRow() {
        Tablet tablet = of(IotdbType.TIMESTAMP);
        TabletRow row = tablet.row(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> row.set("c", Instant.ofEpochSecond(1, 1)))
                .withMessageContaining("Row 0, column 'c'")
                .withMessageContaining("finer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tablet.row(Instant.ofEpochSecond(1, 1)))
                .withMessageContaining("finer");
        assertThat(tablet.rows()).as("a bad time adds no row").isOne();
    }

    @Test
    void momentsAreCountedInThePrecisionThatWasNamed() {
        Tablet tablet = Tablet.ofTable("t")
                .column("c", IotdbType.TIMESTAMP)
                .precision(TimePrecision.NANOSECONDS)
                .build();
        tablet.row(Instant.ofEpochSecond(2, 3)).set("c", Instant.ofEpochSecond(4, 5));
        try (TabletContent content = tablet.content()) {
            LongBuffer into = LongBuffer.allocate(2);
            content.copyTimes(0, 1, into);
            content.copyLongs(0, 0, 1, into);
            assertThat(into.array()).containsExactly(2_000_000_003L, 4_000_000_005L);
            assertThat(content.momentsIn()).isEqualTo(TimePrecision.NANOSECONDS);
        }
    }

    @Test
    void anUnknownColumnIsAnErrorThatListsTheColumns() {
        Tablet tablet =
                Tablet.ofTable("t").tag("k").column("v", IotdbType.INT32).build();
        TabletRow row = tablet.row(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> row.set("w", 1))
                .withMessageContaining("'w'")
                .withMessageContaining("[k, v]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> row.set(2, 1))
                .withMessageContaining("column 2")
                .withMessageContaining("0 to 1");
    }

    @Test
    void wrongColumnsAreRefusedWhenTheyAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tablet.ofDevice("root.d").tag("k"))
                .withMessageContaining("only tables");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tablet.ofTable("t").aligned(true))
                .withMessageContaining("devices");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tablet.ofTable("t").tag("k").column("k", IotdbType.INT32))
                .withMessageContaining("twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tablet.ofTable("t").build())
                .withMessageContaining("at least one column");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tablet.ofTable(" "))
                .withMessageContaining("name of a table");
    }

    @Test
    void aTabletInFlightCanNotBeChangedAndAfterwardsOnlyWhenCleared() {
        Tablet tablet = of(IotdbType.INT64);
        TabletRow row = tablet.row(1).set("c", 1);
        TabletContent first = tablet.content();
        TabletContent second = first.retain();

        List<ThrowingCallable> changes = List.of(
                () -> tablet.row(2), () -> row.set("c", 2), () -> row.setNull(0), tablet::dropLastRow, tablet::clear);
        for (ThrowingCallable change : changes) {
            assertThatIllegalStateException().isThrownBy(change).withMessageContaining("in flight");
        }
        first.close();
        first.close();
        assertThat(tablet.isInFlight()).as("one send is still under way").isTrue();
        assertThatIllegalStateException().isThrownBy(tablet::clear).withMessageContaining("in flight");
        second.close();
        assertThat(tablet.isInFlight()).isFalse();
        for (ThrowingCallable change : changes.subList(0, 4)) {
            assertThatIllegalStateException().isThrownBy(change).withMessageContaining("clear()");
        }

        tablet.clear();
        tablet.row(7);
        try (TabletContent content = tablet.content()) {
            assertThat(content.rows()).isOne();
            assertThat(content.isNull(0, 0))
                    .as("nothing of the earlier rows is left")
                    .isTrue();
        }
    }

    @Test
    void aRowThatIsSkippedTravelsAsZeroWhateverHadBeenThereBeforeTheTabletWasCleared() {
        Tablet tablet = Tablet.ofDevice("root.d")
                .column("flag", IotdbType.BOOLEAN)
                .column("int", IotdbType.INT32)
                .column("long", IotdbType.INT64)
                .column("float", IotdbType.FLOAT)
                .column("double", IotdbType.DOUBLE)
                .build();
        for (int i = 0; i < 3; i++) {
            ones(tablet.row(i));
        }
        tablet.clear();
        ones(tablet.row(0));
        tablet.row(1);
        ones(tablet.row(2));
        tablet.row(3);
        ones(tablet.row(4));
        tablet.dropLastRow();
        tablet.row(4);

        try (TabletContent content = tablet.content()) {
            ByteBuffer flags = ByteBuffer.allocate(5);
            IntBuffer ints = IntBuffer.allocate(5);
            LongBuffer longs = LongBuffer.allocate(5);
            FloatBuffer floats = FloatBuffer.allocate(5);
            DoubleBuffer doubles = DoubleBuffer.allocate(5);
            content.copyBooleans(0, 0, 5, flags);
            content.copyInts(1, 0, 5, ints);
            content.copyLongs(2, 0, 5, longs);
            content.copyFloats(3, 0, 5, floats);
            content.copyDoubles(4, 0, 5, doubles);
            assertThat(flags.array()).containsExactly(1, 0, 1, 0, 0);
            assertThat(ints.array()).containsExactly(1, 0, 1, 0, 0);
            assertThat(longs.array()).containsExactly(1, 0, 1, 0, 0);
            assertThat(floats.array()).containsExactly(1, 0, 1, 0, 0);
            assertThat(doubles.array()).containsExactly(1, 0, 1, 0, 0);
        }
    }

    private static void ones(TabletRow row) {
        row.set("flag", true).set("int", 1).set("long", 1).set("float", 1f).set("double", 1.0);
    }

    @Test
    void anEmptyTabletThatWasSentCanNotBeFilledBeforeItIsCleared() {
        Tablet tablet = of(IotdbType.INT64);
        tablet.content().close();
        assertThatIllegalStateException().isThrownBy(() -> tablet.row(1)).withMessageContaining("clear()");
        assertThatIllegalStateException().isThrownBy(tablet::dropLastRow).withMessageContaining("clear()");
        tablet.clear();
        assertThat(tablet.row(1).set("c", 1).number()).isZero();
    }

    @Test
    void aFixedCapacityIsTheEnd() {
        Tablet tablet = Tablet.ofTable("t")
                .column("c", IotdbType.TEXT)
                .fixedCapacity(100)
                .build();
        for (int i = 0; i < 100; i++) {
            assertThat(tablet.isFull()).isFalse();
            tablet.row(i).set("c", "x");
        }
        assertThat(tablet.isFull()).isTrue();
        assertThatIllegalStateException().isThrownBy(() -> tablet.row(100)).withMessageContaining("full");
    }

    @Test
    void theLastRowCanBeTakenBack() {
        Tablet tablet = of(IotdbType.INT32);
        tablet.row(1).set("c", 1);
        TabletRow bad = tablet.row(2).set("c", 2);
        tablet.dropLastRow();
        assertThatIllegalStateException().isThrownBy(() -> bad.set("c", 3)).withMessageContaining("taken back");
        tablet.row(3);
        try (TabletContent content = tablet.content()) {
            assertThat(content.rows()).isEqualTo(2);
            assertThat(content.isNull(0, 0)).isFalse();
            assertThat(content.isNull(0, 1)).isTrue();
        }
    }

    @Test
    void rowsTravelByTimeAndThoseOfTheSameTimeAsTheyWereAdded() {
        Random random = new Random(20240229);
        for (int count : List.of(0, 1, 2, 15, 16, 17, 31, 32, 33, 100, 1000, 4097)) {
            Tablet tablet = of(IotdbType.INT32);
            List<long[]> expected = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                long time = random.nextInt(Math.max(1, count / 2)) - 4L;
                tablet.row(time).set("c", i);
                expected.add(new long[] {time, i});
            }
            expected.sort(Comparator.comparingLong(row -> row[0]));
            try (TabletContent content = tablet.content()) {
                assertThat(IntStream.range(0, count).map(content::row))
                        .as("%s rows", count)
                        .containsExactly(expected.stream()
                                .mapToInt(row -> (int) row[1])
                                .boxed()
                                .toArray(Integer[]::new));
            }
        }
    }
}
