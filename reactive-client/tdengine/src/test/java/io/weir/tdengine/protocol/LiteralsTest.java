package io.weir.tdengine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiteralsTest {

    @Test
    void valuesAreWrittenAsTheServerReadsThem() {
        assertThat(Literals.render(null)).isEqualTo("NULL");
        assertThat(Literals.render(true)).isEqualTo("true");
        assertThat(Literals.render((byte) -1)).isEqualTo("-1");
        assertThat(Literals.render(1.5)).isEqualTo("1.5");
        assertThat(Literals.render(0.1f)).isEqualTo("0.1");
        assertThat(Literals.render(new BigInteger("18446744073709551615"))).isEqualTo("18446744073709551615");
        assertThat(Literals.render(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(Literals.render("it's a \\ \"b\"")).isEqualTo("'it\\'s a \\\\ \"b\"'");
        assertThat(Literals.render(new byte[] {1, (byte) 0xab})).isEqualTo("'\\x01ab'");
        assertThat(Literals.render(Instant.ofEpochMilli(1))).isEqualTo("'1970-01-01T00:00:00.001Z'");
        assertThat(Literals.render(LocalDateTime.of(2024, 1, 2, 3, 4, 5, 6_000)))
                .isEqualTo("'2024-01-02 03:04:05.000006'");
        assertThat(Literals.render(LocalDate.of(2024, 1, 2))).isEqualTo("'2024-01-02'");
    }

    @Test
    void whatHasNoLiteralIsRefused() {
        assertThatThrownBy(() -> Literals.render(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Literals.render("a\0b")).hasMessageContaining("zero character at position 1");
        assertThatThrownBy(() -> Literals.render("a\ud800b")).hasMessageContaining("half of a character");
        assertThatThrownBy(() -> Literals.render(new StringBuilder[0])).hasMessageContaining("possible are String");
        assertThatThrownBy(() -> Literals.render(new BigDecimal("1E999999999"))).hasMessageContaining("38 digits");
        assertThatThrownBy(() -> Literals.render(Instant.MAX)).hasMessageContaining("1 to 9999");
    }

    /** Reads a literal as the server's lexer does. */
    static String read(String sql) {
        StringBuilder out = new StringBuilder();
        for (int at = 1; at < sql.length(); at++) {
            char c = sql.charAt(at);
            if (c == '\\') {
                char next = sql.charAt(++at);
                out.append(
                        switch (next) {
                            case 'n' -> "\n";
                            case 'r' -> "\r";
                            case 't' -> "\t";
                            case '%', '_' -> "\\" + next;
                            default -> String.valueOf(next);
                        });
            } else if (c == '\'') {
                if (at + 1 == sql.length()) {
                    return out.toString();
                }
                if (sql.charAt(++at) != '\'') {
                    throw new AssertionError("ends early at " + at + ": " + sql);
                }
                out.append('\'');
            } else {
                out.append(c);
            }
        }
        throw new AssertionError("does not end: " + sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "'", "''", "\\", "\\'", "'; DROP DATABASE d --", "\\\\'", "\n\r\t", "%_", "\\%\\_", "?", "😀"
            })
    void hostileTextsStandForThemselves(String text) {
        assertThat(read(Literals.render(text))).isEqualTo(text);
    }

    @Test
    void textsOfChanceStandForThemselves() {
        Random random = new Random(Long.getLong("weir.test.seed", 1));
        String alphabet = "'\"\\`;-/*%_nrtx?ab é";
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(12); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertThat(read(Literals.render(text))).isEqualTo(text.toString());
        }
    }
}
