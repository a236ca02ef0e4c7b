package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.TimePrecision;
import io.weir.iotdb.type.Dialect;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiteralsTest {

    private final Literals table = new Literals(Dialect.TABLE, TimePrecision.MILLISECONDS, ZoneId.of("Europe/Berlin"));
    private final Literals tree = new Literals(Dialect.TREE, TimePrecision.NANOSECONDS, ZoneId.of("+00:00"));

    private void refused(Object value, String text) {
        assertThatThrownBy(() -> table.render(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @Test
    void aTextIsQuotedAndNothingInItEndsIt() {
        assertThat(table.render("it's")).isEqualTo("'it''s'");
        assertThat(table.render("'; DROP DATABASE x --")).isEqualTo("'''; DROP DATABASE x --'");
        assertThat(table.render("\\'")).isEqualTo("'\\'''");
        assertThat(table.render("\n\t\u0000\"?:a/*")).isEqualTo("'\n\t\u0000\"?:a/*'");
        assertThat(table.render(CharBuffer.wrap("😀"))).isEqualTo("'😀'");
        assertThat(table.render("")).isEqualTo("''");
    }

    @Test
    void halfACharacterIsRefused() {
        refused("a\ud83d", "position 1");
        refused("\ude00b", "unpaired surrogate");
        refused("\ud83dx", "unpaired surrogate");
    }

    @Test
    void numbersKeepAllTheirDigits() {
        assertThat(table.render(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(table.render((byte) -1)).isEqualTo("-1");
        assertThat(table.render((short) 2)).isEqualTo("2");
        assertThat(table.render(-0.0)).isEqualTo("-0.0");
        assertThat(table.render(Double.MIN_VALUE)).isEqualTo("4.9E-324");
        assertThat(table.render(0.1f)).isEqualTo("0.1");
        assertThat(table.render(new BigInteger("9223372036854775807"))).isEqualTo("9223372036854775807");
        assertThat(table.render(new BigDecimal("0.10"))).isEqualTo("0.1");
        assertThat(table.render(new BigDecimal("12.000"))).isEqualTo("12");
        assertThat(table.render(new BigDecimal("1E+3"))).isEqualTo("1000");
    }

    @Test
    void numbersThatWouldLoseDigitsAreRefused() {
        refused(new BigInteger("9223372036854775808"), "INT64");
        refused(new BigDecimal("0.1234567890123456789"), "lose");
        refused(new BigDecimal("1E+999999999"), "lose");
        refused(new BigDecimal("1E-999999999"), "lose");
    }

    @Test
    void whatIsNoNumberIsSaidInEachDialectsWay() {
        assertThat(tree.render(Double.NaN)).isEqualTo("NaN");
        assertThat(table.render(Float.NaN)).isEqualTo("'NaN'");
        refused(Double.POSITIVE_INFINITY, "no infinite numbers");
        refused(Float.NEGATIVE_INFINITY, "no infinite numbers");
    }

    @Test
    void momentsAreCountsInTheServersPrecision() {
        Instant moment = Instant.parse("2024-02-29T12:00:00.001Z");
        assertThat(table.render(moment)).isEqualTo("1709208000001");
        assertThat(tree.render(moment)).isEqualTo("1709208000001000000");
        assertThat(table.render(OffsetDateTime.parse("2024-02-29T14:00:00.001+02:00")))
                .isEqualTo("1709208000001");
        assertThat(table.render(ZonedDateTime.parse("2024-02-29T13:00:00.001+01:00[Europe/Berlin]")))
                .isEqualTo("1709208000001");
        assertThat(table.render(LocalDateTime.parse("2024-02-29T13:00:00.001")))
                .as("in the session's zone")
                .isEqualTo("1709208000001");
        refused(Instant.ofEpochSecond(0, 1), "finer than this server's precision");
    }

    @Test
    void datesAreTextsOfTenCharacters() {
        assertThat(table.render(LocalDate.of(2024, 2, 29))).isEqualTo("'2024-02-29'");
        refused(LocalDate.of(999, 12, 31), "1000-01-01 to 9999-12-31");
        refused(LocalDate.of(10_000, 1, 1), "1000-01-01 to 9999-12-31");
    }

    @Test
    void bytesAreHexadecimalAndStayWhereTheyAre() {
        assertThat(table.render(new byte[] {0, -1})).isEqualTo("X'00ff'");
        ByteBuffer buffer = ByteBuffer.wrap(new byte[] {9, 1, 2}).position(1);
        assertThat(table.render(buffer)).isEqualTo("X'0102'");
        assertThat(buffer.remaining()).isEqualTo(2);
        assertThat(table.render(new byte[0])).isEqualTo("X''");
    }

    @Test
    void theRestIsPlain() {
        assertThat(table.render(null)).isEqualTo("null");
        assertThat(table.render(true)).isEqualTo("true");
        assertThat(table.render(TimeUnit.DAYS)).isEqualTo("'DAYS'");
        UUID uuid = new UUID(1, 2);
        assertThat(table.render(uuid)).isEqualTo("'" + uuid + "'");
    }

    @Test
    void otherTypesAreRefusedWithTheListOfThoseThatAreNot() {
        refused(LocalTime.NOON, "java.time.LocalTime has no literal in IoTDB: possible are String");
        refused(Duration.ZERO, "java.time.Duration");
        refused(new Object(), "java.lang.Object");
        assertThat(Literals.TYPES).doesNotContain(LocalTime.class, Object.class, int[].class);
    }

    @Test
    void whatIsSupportedIsRendered() {
        for (Object value : new Object[] {
            "",
            true,
            (byte) 1,
            (short) 1,
            1,
            1L,
            1f,
            1.0,
            BigInteger.ONE,
            BigDecimal.ONE,
            Instant.EPOCH,
            OffsetDateTime.MIN.withYear(2000).withNano(0),
            ZonedDateTime.parse("2024-01-01T00:00:00Z"),
            LocalDateTime.parse("2024-01-01T00:00:00"),
            LocalDate.EPOCH,
            ByteBuffer.allocate(1),
            new byte[1],
            new UUID(0, 0),
            TimeUnit.DAYS
        }) {
            assertThat(Literals.TYPES).anyMatch(type -> type.isInstance(value));
            assertThat(table.render(value)).isNotEmpty();
        }
    }
}
