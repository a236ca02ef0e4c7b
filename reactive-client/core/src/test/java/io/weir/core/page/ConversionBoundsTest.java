package io.weir.core.page;

import static java.time.temporal.ChronoUnit.MICROS;
import static java.time.temporal.ChronoUnit.MILLIS;
import static java.time.temporal.ChronoUnit.NANOS;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.Kind;
import io.weir.core.RowView;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values at the edge: where a number just fits, and where a clock jumps. */
class ConversionBoundsTest {

    private static final long SEED = Long.getLong("weir.test.seed", 1);

    @Test
    void wholeNumbersFitUpToTheLastAndNotOneFurther() {
        for (Kind kind : new Kind[] {Kind.INT64, Kind.DOUBLE, Kind.DECIMAL, Kind.TEXT}) {
            assertEdge(kind, Byte.MIN_VALUE, Byte.MAX_VALUE, Byte.class);
            assertEdge(kind, Short.MIN_VALUE, Short.MAX_VALUE, Short.class);
            assertEdge(kind, Integer.MIN_VALUE, Integer.MAX_VALUE, Integer.class);
        }
    }

    private static void assertEdge(Kind kind, long min, long max, Class<? extends Number> type) {
        assertThat(number(kind, min).get(0, type).longValue()).isEqualTo(min);
        assertThat(number(kind, max).get(0, type).longValue()).isEqualTo(max);
        assertRefused(number(kind, min - 1), type);
        assertRefused(number(kind, max + 1), type);
    }

    @Test
    void theLargestLongsStayWhatTheyAre() {
        for (long value : new long[] {Long.MIN_VALUE, Long.MAX_VALUE}) {
            for (Kind kind : new Kind[] {Kind.INT64, Kind.DECIMAL, Kind.TEXT}) {
                RowView row = number(kind, value);
                assertThat(row.getLong(0)).isEqualTo(value);
                assertThat(row.get(0, BigInteger.class)).isEqualTo(BigInteger.valueOf(value));
                assertThat(row.get(0, BigDecimal.class)).isEqualByComparingTo(BigDecimal.valueOf(value));
                assertThat(row.getString(0)).isEqualTo(Long.toString(value));
            }
        }
        assertThat(row(Kind.INT64, Long.MIN_VALUE).getDouble(0)).isEqualTo(-0x1p63);
        assertRefused(row(Kind.INT64, Long.MAX_VALUE), Double.class);
        assertRefused(row(Kind.INT64, Long.MAX_VALUE), Float.class);
    }

    @Test
    void aNumberBeyondLongIsRefusedAsLongAndIsABigInteger() {
        BigInteger beyond = BigInteger.TWO.pow(63);

        assertThat(row(Kind.DOUBLE, 0x1p63).get(0, BigInteger.class)).isEqualTo(beyond);
        assertRefused(row(Kind.DOUBLE, 0x1p63), Long.class);
        assertThat(row(Kind.DOUBLE, -0x1p63).get(0, Long.class)).isEqualTo(Long.MIN_VALUE);
        assertRefused(row(Kind.DOUBLE, Math.nextDown(-0x1p63)), Long.class);
        assertRefused(row(Kind.DECIMAL, new BigDecimal(beyond)), Long.class);
        assertThat(row(Kind.TEXT, beyond.toString()).get(0, BigInteger.class)).isEqualTo(beyond);
    }

    @Test
    void doublesHoldWholeNumbersUpToTwoToThe53() {
        long edge = 1L << 53;

        assertThat(row(Kind.INT64, edge).getDouble(0)).isEqualTo(0x1p53);
        assertThat(row(Kind.INT64, -edge).getDouble(0)).isEqualTo(-0x1p53);
        assertRefused(row(Kind.INT64, edge + 1), Double.class);
        assertThat(row(Kind.INT64, edge + 2).getDouble(0)).isEqualTo(0x1p53 + 2);
        assertRefused(row(Kind.TEXT, "9007199254740993"), Double.class);
        assertThat(row(Kind.INT32, 1 << 24).get(0, Float.class)).isEqualTo(0x1p24f);
        assertRefused(row(Kind.INT32, (1 << 24) + 1), Float.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNoNumberStaysInFloatAndDouble(double value) {
        for (Kind kind : new Kind[] {Kind.FLOAT, Kind.DOUBLE, Kind.TEXT}) {
            RowView row = row(kind, kind == Kind.TEXT ? Double.toString(value) : (Object) value);
            assertThat(row.get(0, Double.class)).isEqualTo(Double.valueOf(value));
            assertThat(row.get(0, Float.class)).isEqualTo(Float.valueOf((float) value));
            assertThat(row.get(0, String.class)).isEqualTo(Double.toString(value));
            for (Class<?> type : new Class<?>[] {Long.class, Byte.class, BigInteger.class, BigDecimal.class}) {
                assertRefused(row, type);
            }
        }
    }

    @Test
    void floatsAtTheirEdges() {
        assertThat(row(Kind.DOUBLE, (double) Float.MAX_VALUE).get(0, Float.class))
                .isEqualTo(Float.MAX_VALUE);
        assertRefused(row(Kind.DOUBLE, Double.MAX_VALUE), Float.class);
        assertRefused(row(Kind.DOUBLE, Double.MIN_VALUE), Float.class);
        assertRefused(row(Kind.DECIMAL, new BigDecimal("1e400")), Double.class);
        assertRefused(row(Kind.DECIMAL, new BigDecimal("1e-400")), Double.class);
        assertThat(row(Kind.DOUBLE, -0.0).get(0, Long.class)).isZero();
        assertThat(row(Kind.DOUBLE, -0.0).get(0, Float.class)).isEqualTo(-0.0f);
    }

    @Test
    void everyFloatComesBackFromItsDoubleAndItsText() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                assertThat(row(Kind.DOUBLE, (double) value).get(0, Float.class)).isEqualTo(value);
                assertThat(row(Kind.TEXT, Float.toString(value)).get(0, Float.class))
                        .isEqualTo(value);
                assertThat(row(Kind.FLOAT, value).get(0, BigDecimal.class).floatValue())
                        .isEqualTo(value);
            }
        }
    }

    @Test
    void everyDoubleComesBackFromItsTextAndItsDecimal() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(row(Kind.TEXT, Double.toString(value)).getDouble(0)).isEqualTo(value);
                BigDecimal decimal = row(Kind.DOUBLE, value).get(0, BigDecimal.class);
                assertThat(row(Kind.DECIMAL, decimal).getDouble(0)).isEqualTo(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1 ", "0x10", "1_000", "1,5", "one", "1f", "--1", "nan", "+Infinity"})
    void aTextThatIsNoPlainNumberIsRefused(String text) {
        assertRefused(row(Kind.TEXT, text), Long.class);
        assertRefused(row(Kind.TEXT, text), Double.class);
    }

    @Test
    void aShortTextOfAnEnormousNumberCostsNothing() {
        assertRefused(row(Kind.TEXT, "1E999999999"), BigInteger.class);
        assertRefused(row(Kind.TEXT, "1E999999999"), Long.class);
        assertRefused(row(Kind.TEXT, "1E-999999999"), Long.class);
        assertRefused(row(Kind.TEXT, "1E99999999999"), BigDecimal.class);
        assertRefused(row(Kind.DECIMAL, new BigDecimal("1E999999999")), Double.class);
        assertThat(row(Kind.DECIMAL, new BigDecimal("1E999999999")).getString(0))
                .isEqualTo("1E+999999999");
    }

    @ParameterizedTest
    @EnumSource(
            value = ChronoUnit.class,
            names = {"MILLIS", "MICROS", "NANOS"})
    void everyCountIsAMomentAndComesBack(ChronoUnit unit) {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            long count = i == 0 ? Long.MIN_VALUE : i == 1 ? Long.MAX_VALUE : i == 2 ? -1 : random.nextLong();
            RowView row = time(count, unit, "Asia/Kathmandu");
            Instant instant = row.get(0, Instant.class);
            BigInteger perSecond = BigInteger.valueOf(SECONDS.getDuration().dividedBy(unit.getDuration()));
            BigInteger back = BigInteger.valueOf(instant.getEpochSecond())
                    .multiply(perSecond)
                    .add(BigInteger.valueOf(instant.getNano())
                            .multiply(perSecond)
                            .divide(BigInteger.valueOf(1_000_000_000)));
            assertThat(back).isEqualTo(BigInteger.valueOf(count));
            assertThat(row.get(0, OffsetDateTime.class).toInstant()).isEqualTo(instant);
            assertThat(row.get(0, ZonedDateTime.class).toInstant()).isEqualTo(instant);
            assertThat(row.get(0, LocalDateTime.class)
                            .atZone(ZoneId.of("Asia/Kathmandu"))
                            .toInstant())
                    .isEqualTo(instant);
            assertThat(OffsetDateTime.parse(row.getString(0)).toInstant()).isEqualTo(instant);
        }
    }

    @Test
    void theEdgesOfNanosecondsAreWhereTheyShouldBe() {
        assertThat(time(Long.MAX_VALUE, NANOS, "Z").get(0, Instant.class))
                .isEqualTo(Instant.parse("2262-04-11T23:47:16.854775807Z"));
        assertThat(time(Long.MIN_VALUE, NANOS, "Z").get(0, Instant.class))
                .isEqualTo(Instant.parse("1677-09-21T00:12:43.145224192Z"));
        assertThat(time(-1, MICROS, "Z").get(0, Instant.class)).isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
    }

    @Test
    void secondsBeyondTheCalendarAreRefusedAndStayALong() {
        RowView row = time(Long.MAX_VALUE, SECONDS, "Z");

        assertThat(row.getLong(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(row.get(0, Long.class)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> row.get(0, Instant.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Column 0 'c0' (TIMESTAMP) can not become Instant: ");
        assertRefused(row, String.class);
    }

    @ParameterizedTest
    @CsvSource({
        // Spring: 02:00 to 03:00 does not exist.
        "2024-03-31T00:59:59.999Z, 2024-03-31T01:59:59.999, +01:00",
        "2024-03-31T01:00:00Z,     2024-03-31T03:00,        +02:00",
        // Autumn: 02:30 comes twice.
        "2024-10-27T00:30:00Z,     2024-10-27T02:30,        +02:00",
        "2024-10-27T01:30:00Z,     2024-10-27T02:30,        +01:00"
    })
    void momentsAroundAJumpOfTheClockKeepTheirOffset(String moment, String local, String offset) {
        RowView row = time(Instant.parse(moment).toEpochMilli(), MILLIS, "Europe/Berlin");

        assertThat(row.get(0, LocalDateTime.class)).isEqualTo(LocalDateTime.parse(local));
        assertThat(row.get(0)).isEqualTo(OffsetDateTime.parse(local + offset));
        assertThat(row.get(0, ZonedDateTime.class))
                .isEqualTo(OffsetDateTime.parse(local + offset).atZoneSameInstant(ZoneId.of("Europe/Berlin")));
        assertThat(row.get(0, LocalDate.class)).isEqualTo(LocalDate.parse(local.substring(0, 10)));
    }

    @Test
    void aZoneWhereMidnightIsSkippedStillHasItsDate() {
        // Beirut, 2024-03-31: 00:00 does not exist.
        RowView row = time(Instant.parse("2024-03-30T22:00:00Z").toEpochMilli(), MILLIS, "Asia/Beirut");

        assertThat(row.get(0, LocalDateTime.class)).isEqualTo(LocalDateTime.parse("2024-03-31T01:00"));
    }

    @Test
    void timesAreCountedInFourUnits() {
        assertThatThrownBy(() -> FakePage.shape(ChronoUnit.MINUTES, "Z", Kind.TIMESTAMP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Times can not be counted in Minutes: possible are SECONDS, MILLIS, MICROS and NANOS");
    }

    private static void assertRefused(RowView row, Class<?> type) {
        assertThatThrownBy(() -> row.get(0, type))
                .as("%s as %s", row.columns(), type)
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RowView number(Kind kind, long value) {
        return row(
                kind,
                switch (kind) {
                    case DOUBLE -> (double) value;
                    case DECIMAL -> BigDecimal.valueOf(value);
                    case TEXT -> Long.toString(value);
                    default -> value;
                });
    }

    private static RowView row(Kind kind, Object value) {
        return FakePage.of(kind, value, MILLIS, "Z").row(0);
    }

    private static RowView time(long count, ChronoUnit unit, String zone) {
        return FakePage.of(Kind.TIMESTAMP, count, unit, zone).row(0);
    }
}
