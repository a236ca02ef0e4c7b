package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.CharBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptionKeyTest {

    private static final OptionKey<Boolean> BOOL = OptionKey.bool("flag", "A flag.");
    private static final OptionKey<Integer> INT = OptionKey.integer("count", "A count.");
    private static final OptionKey<Integer> FEW =
            OptionKey.integer("few", "A few.").between(1, 10);
    private static final OptionKey<Long> WIDE = OptionKey.wide("wide", "A long.");
    private static final OptionKey<Long> SIZE = OptionKey.size("size", "A size.");
    private static final OptionKey<Duration> TIME = OptionKey.duration("time", "A time.");
    private static final OptionKey<SslMode> MODE = OptionKey.choice("mode", SslMode.class, "A mode.");
    private static final OptionKey<ZoneId> ZONE = OptionKey.zone("zone", "A zone.");
    private static final OptionKey<Path> FILE = OptionKey.file("file", "A file.");
    private static final OptionKey<String> TEXT = OptionKey.text("text", "A text.");
    private static final OptionKey<String> SECRET = OptionKey.secret("secret", "A secret.");

    static Stream<Arguments> possible() {
        return Stream.of(
                arguments(BOOL, "true", true),
                arguments(BOOL, "FALSE", false),
                arguments(BOOL, true, true),
                arguments(INT, "-7", -7),
                arguments(INT, 7L, 7),
                arguments(INT, (short) 7, 7),
                arguments(FEW, "1", 1),
                arguments(FEW, "10", 10),
                arguments(WIDE, "9223372036854775807", Long.MAX_VALUE),
                arguments(WIDE, 5, 5L),
                arguments(SIZE, "64MiB", 64L << 20),
                arguments(SIZE, "64 mib", 64L << 20),
                arguments(SIZE, "512KB", 512_000L),
                arguments(SIZE, "2KiB", 2048L),
                arguments(SIZE, "1GiB", 1L << 30),
                arguments(SIZE, "1GB", 1_000_000_000L),
                arguments(SIZE, "1MB", 1_000_000L),
                arguments(SIZE, "12B", 12L),
                arguments(SIZE, "0", 0L),
                arguments(SIZE, 4096, 4096L),
                arguments(TIME, "10s", Duration.ofSeconds(10)),
                arguments(TIME, "500ms", Duration.ofMillis(500)),
                arguments(TIME, "2m", Duration.ofMinutes(2)),
                arguments(TIME, "1h", Duration.ofHours(1)),
                arguments(TIME, "1d", Duration.ofDays(1)),
                arguments(TIME, "3us", Duration.ofNanos(3000)),
                arguments(TIME, "3ns", Duration.ofNanos(3)),
                arguments(TIME, "PT10S", Duration.ofSeconds(10)),
                arguments(TIME, "PT1M0.5S", Duration.ofMillis(60_500)),
                arguments(TIME, "0s", Duration.ZERO),
                arguments(TIME, Duration.ofSeconds(3), Duration.ofSeconds(3)),
                arguments(MODE, "verify-full", SslMode.VERIFY_FULL),
                arguments(MODE, "VERIFY_FULL", SslMode.VERIFY_FULL),
                arguments(MODE, "Require", SslMode.REQUIRE),
                arguments(MODE, SslMode.DISABLE, SslMode.DISABLE),
                arguments(ZONE, "Europe/Berlin", ZoneId.of("Europe/Berlin")),
                arguments(ZONE, "+08:00", ZoneId.of("+08:00")),
                arguments(ZONE, ZoneId.of("UTC"), ZoneId.of("UTC")),
                arguments(FILE, "/etc/ca.pem", Path.of("/etc/ca.pem")),
                arguments(FILE, Path.of("ca.pem"), Path.of("ca.pem")),
                arguments(TEXT, "", ""),
                arguments(TEXT, CharBuffer.wrap("root.sg"), "root.sg"),
                arguments(SECRET, CharBuffer.wrap("s"), "s"));
    }

    @ParameterizedTest
    @MethodSource("possible")
    <T> void takesTextsAndValuesOfItsType(OptionKey<T> key, Object given, T meant) {
        assertThat(key.convert(given)).isEqualTo(meant);
        assertThat(key.convert(key.format(meant)))
                .as("what is written back means the same")
                .isEqualTo(meant);
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                arguments(BOOL, "yes", "true or false"),
                arguments(BOOL, "1", "true or false"),
                arguments(BOOL, "", "true or false"),
                arguments(BOOL, 1, "true or false"),
                arguments(INT, "2147483648", "a whole number"),
                arguments(INT, 2147483648L, "a whole number"),
                arguments(INT, "1.5", "a whole number"),
                arguments(INT, 1.5, "a whole number"),
                arguments(INT, "", "a whole number"),
                arguments(FEW, "0", "a whole number, 1 to 10"),
                arguments(FEW, 11, "a whole number, 1 to 10"),
                arguments(WIDE, "9223372036854775808", "a whole number"),
                arguments(SIZE, "64XB", "64MiB"),
                arguments(SIZE, "-1", "64MiB"),
                arguments(SIZE, -1, "64MiB"),
                arguments(SIZE, "99999999999999GiB", "64MiB"),
                arguments(SIZE, "1.5MiB", "64MiB"),
                arguments(TIME, "10", "a duration with its unit"),
                arguments(TIME, "10 s", "10s"),
                arguments(TIME, "-5s", "10s"),
                arguments(TIME, "PT-5S", "PT10S"),
                arguments(TIME, Duration.ofSeconds(-1), "0s"),
                arguments(TIME, "999999999999999999d", "1d"),
                arguments(TIME, "PT99999999999999H", "1d"),
                arguments(TIME, "1w", "1d"),
                arguments(TIME, 10, "10s"),
                arguments(MODE, "full", "one of disable, require, verify-ca, verify-full"),
                arguments(ZONE, "Mars/Base", "a time zone, such as"),
                arguments(FILE, " ", "the path of a file"),
                arguments(FILE, "a\0b", "the path of a file"),
                arguments(TEXT, 5, "a text"));
    }

    @ParameterizedTest
    @MethodSource("impossible")
    void refusesTheRestAndSaysWhatIsPossible(OptionKey<?> key, Object given, String possible) {
        assertThat(key.convert(given)).isNull();
        assertThat(key.refusal(given))
                .startsWith("Option '" + key.name() + "' can not be '" + given + "'")
                .contains(possible);
    }

    @Test
    void aSecretIsNeverShownAndItsLengthNeither() {
        assertThat(SECRET.show("a"))
                .isEqualTo(SECRET.show("correct horse battery staple"))
                .isEqualTo("****");
        assertThat(SECRET.refusal(4711)).contains("'secret'").doesNotContain("4711");
        assertThat(SECRET.toString()).isEqualTo("secret (text)");
    }

    @Test
    void aWrongHostOrPortIsNotRepeatedBecauseABadUrlBringsAPieceOfThePasswordThere() {
        assertThat(CommonOptions.HOST.refusal("user:sesame")).doesNotContain("sesame");
        assertThat(CommonOptions.PORT.refusal("sesame"))
                .doesNotContain("sesame")
                .contains("1 to 65535");
    }

    @Test
    void aDeclarationThatCanNotBeRightIsRefusedAtOnce() {
        assertThatThrownBy(() -> FEW.defaultsTo(11)).hasMessageContaining("1 to 10");
        assertThatThrownBy(() -> FEW.defaultsTo(3).between(5, 6)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> TEXT.between("a", "b")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> OptionKey.text("Not-camel", "x")).hasMessageContaining("Not-camel");
        assertThatThrownBy(() -> OptionKey.text("name", " ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void describesItselfForTheDocs() {
        assertThat(FEW.defaultsTo(3).defaultText()).isEqualTo("3");
        assertThat(FEW.typeLabel()).isEqualTo("number, 1 to 10");
        assertThat(TIME.defaultsTo(Duration.ofSeconds(90)).defaultText()).isEqualTo("90s");
        assertThat(ZONE.defaultsToRule("the server's").defaultText()).isEqualTo("the server's");
        assertThat(MODE.typeLabel()).isEqualTo("disable, require, verify-ca, verify-full");
        assertThat(TEXT.defaultText()).isEmpty();
        assertThat(List.of(TEXT.isSecret(), SECRET.isSecret())).containsExactly(false, true);
    }
}
