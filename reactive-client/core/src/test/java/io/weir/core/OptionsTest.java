package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.weir.core.InvalidOptionsException.Problem;
import io.weir.core.InvalidOptionsException.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    private static final OptionKey<Integer> LEVEL = OptionKey.integer("level", "How high.");

    private static final OptionSet SET = OptionSet.builder("marsh", "docs/marsh.md")
            .add(CommonOptions.CONNECTION)
            .add(CommonOptions.TLS)
            .add(LEVEL)
            .standard(CommonOptions.PORT, 4711)
            .require(CommonOptions.HOST)
            .build();

    private static Options.Builder builder() {
        return SET.options().set("host", "h1,h2:2");
    }

    @Test
    void givesWhatWasSetOrTheDefaultOfThisSystem() {
        Options options = builder().set("connectTimeout", "3s").set(LEVEL, 5).build();

        assertThat(options.get(CommonOptions.CONNECT_TIMEOUT)).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.get(CommonOptions.STATEMENT_TIMEOUT)).isZero();
        assertThat(options.get(CommonOptions.PORT)).isEqualTo(4711);
        assertThat(options.get(LEVEL)).isEqualTo(5);
        assertThat(options.find(CommonOptions.USER)).isNull();
        assertThat(options.isSet(CommonOptions.CONNECT_TIMEOUT)).isTrue();
        assertThat(options.isSet(CommonOptions.STATEMENT_TIMEOUT)).isFalse();
        assertThat(CommonOptions.endpoints(options)).containsExactly(new Endpoint("h1", 4711), new Endpoint("h2", 2));
    }

    @Test
    void theLastValueOfTheBuilderWins() {
        assertThat(builder().set(LEVEL, 5).set("level", "6").build().get(LEVEL)).isEqualTo(6);
    }

    @Test
    void asksForNothingThatIsNotThere() {
        Options options = builder().build();

        assertThatThrownBy(() -> options.get(CommonOptions.USER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Option 'user' of marsh was not given and has no default");
        assertThatThrownBy(() -> options.get(CommonOptions.ZONE))
                .hasMessageContaining("'zone' is not an option of marsh");
        OptionKey<String> otherLevel = OptionKey.text("level", "Of another type.");
        assertThatThrownBy(() -> options.get(otherLevel)).hasMessageContaining("'level' is not an option of marsh");
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() {
        InvalidOptionsException error = catchThrowableOfType(
                InvalidOptionsException.class,
                () -> SET.options()
                        .set("fetchsize", 5)
                        .set("level", "high")
                        .set("sslmode", "require")
                        .build());

        assertThat(error.problems())
                .extracting(Problem::reason, Problem::option)
                .containsExactly(
                        tuple(Reason.UNKNOWN, "fetchsize"),
                        tuple(Reason.VALUE, "level"),
                        tuple(Reason.UNKNOWN, "sslmode"),
                        tuple(Reason.MISSING, "host"));
        assertThat(error)
                .hasMessage("marsh: 4 problems with the options"
                        + "\n  1. There is no option 'fetchsize': docs/marsh.md lists all"
                        + "\n  2. Option 'level' can not be 'high': give a whole number"
                        + "\n  3. There is no option 'sslmode', did you mean 'sslMode'? docs/marsh.md lists all"
                        + "\n  4. Option 'host' is required, but it was not given");
    }

    @ParameterizedTest
    @CsvSource({
        "pasword, password",
        "passwrod, password",
        "connect-timeout, connectTimeout",
        "CONNECT_TIMEOUT, connectTimeout",
        "hosts, host",
        "usr, user",
        "trustStorePasword, trustStorePassword"
    })
    void namesTheNearestOptionForAnUnknownName(String wrong, String right) {
        assertThatThrownBy(() -> builder().set(wrong, "x").build()).hasMessageContaining("did you mean '" + right);
    }

    @Test
    void theValueOfAnUnknownOptionIsNotRepeatedBecauseItMayBeASecretUnderAMistypedName() {
        assertThatThrownBy(() -> builder().set("pasword", "sesame").build()).hasMessageNotContaining("sesame");
    }

    @Test
    void showsSecretsAsStarsWhateverTheirLength() {
        Options options = builder()
                .set(CommonOptions.USER, "root")
                .set(CommonOptions.PASSWORD, "sesame")
                .set(CommonOptions.KEY_STORE_PASSWORD, "x")
                .build();

        assertThat(options).hasToString("marsh {host=h1,h2:2, user=root, password=****, keyStorePassword=****}");
        assertThat(options.get(CommonOptions.PASSWORD)).isEqualTo("sesame");
    }

    @Test
    void isAValue() {
        Options options = builder().set(LEVEL, 5).build();

        assertThat(options.toBuilder().build()).isEqualTo(options).hasSameHashCodeAs(options);
        assertThat(options.toBuilder().set(LEVEL, 6).build()).isNotEqualTo(options);
        assertThat(options.get(LEVEL))
                .as("a builder made from it does not write back")
                .isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, DISABLE",
                "true, -, VERIFY_FULL",
                "false, -, DISABLE",
                "-, require, REQUIRE",
                "true, verify-ca, VERIFY_CA",
                "false, disable, DISABLE"
            })
    void sslAndSslModeTogetherGiveOneMode(String ssl, String mode, SslMode meant) {
        Options.Builder builder = builder();
        if (ssl != null) {
            builder.set("ssl", ssl);
        }
        if (mode != null) {
            builder.set("sslMode", mode);
        }
        assertThat(CommonOptions.sslMode(builder.build())).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"true, disable", "false, require", "false, verify-full"})
    void refusesSslAndSslModeThatContradictEachOther(String ssl, String mode) {
        assertThatThrownBy(() -> builder().set("ssl", ssl).set("sslMode", mode).build())
                .hasMessageContaining("contradict each other");
    }

    @Test
    void aSetIsCheckedWhenItIsMade() {
        OptionSet.Builder set = OptionSet.builder("marsh", "docs").add(LEVEL);

        assertThatThrownBy(() -> set.add(LEVEL)).hasMessageContaining("'level' of marsh is declared twice");
        assertThatThrownBy(() -> set.require(CommonOptions.USER))
                .hasMessageContaining("Add option 'user' of marsh first");
        assertThatThrownBy(() -> set.standard(CommonOptions.PORT, 1)).hasMessageContaining("'port'");
        assertThat(set.build().keys()).isEqualTo(List.of(LEVEL));
    }
}
