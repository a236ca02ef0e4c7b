package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.r2dbc.pool.PoolingConnectionFactoryProvider;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.NoSuchOptionException;
import io.r2dbc.spi.Option;
import io.weir.core.CommonOptions;
import io.weir.core.Endpoint;
import io.weir.core.HostPort;
import io.weir.core.InvalidOptionsException;
import io.weir.core.OptionKey;
import io.weir.core.OptionSet;
import io.weir.core.Options;
import io.weir.core.SslMode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.net.URLEncoder;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class R2dbcOptionsTest {

    private static final long SEED = Long.getLong("weir.test.seed", System.nanoTime());
    private static final OptionSet SET = MarshProvider.SET;

    private static ConnectionFactoryOptions.Builder spi() {
        return ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "marsh")
                .option(ConnectionFactoryOptions.HOST, "h")
                .option(ConnectionFactoryOptions.USER, "root");
    }

    private static Options readUrl(String url) {
        return R2dbcOptions.read(ConnectionFactoryOptions.parse(url), SET);
    }

    static Stream<Arguments> wellKnown() {
        return Stream.of(
                arguments(ConnectionFactoryOptions.SSL, true, CommonOptions.SSL, true),
                arguments(ConnectionFactoryOptions.SSL, "true", CommonOptions.SSL, true),
                arguments(ConnectionFactoryOptions.HOST, "a_b:1", CommonOptions.HOST, List.of(new HostPort("a_b", 1))),
                arguments(ConnectionFactoryOptions.PORT, 1234, CommonOptions.PORT, 1234),
                arguments(ConnectionFactoryOptions.PORT, "1234", CommonOptions.PORT, 1234),
                arguments(ConnectionFactoryOptions.USER, "u", CommonOptions.USER, "u"),
                arguments(ConnectionFactoryOptions.PASSWORD, CharBuffer.wrap("p"), CommonOptions.PASSWORD, "p"),
                arguments(ConnectionFactoryOptions.PASSWORD, "p", CommonOptions.PASSWORD, "p"),
                arguments(ConnectionFactoryOptions.DATABASE, "d", CommonOptions.DATABASE, "d"),
                arguments(
                        ConnectionFactoryOptions.CONNECT_TIMEOUT,
                        Duration.ofSeconds(3),
                        CommonOptions.CONNECT_TIMEOUT,
                        Duration.ofSeconds(3)),
                arguments(
                        ConnectionFactoryOptions.CONNECT_TIMEOUT,
                        "PT3S",
                        CommonOptions.CONNECT_TIMEOUT,
                        Duration.ofSeconds(3)),
                arguments(
                        ConnectionFactoryOptions.STATEMENT_TIMEOUT,
                        "10s",
                        CommonOptions.STATEMENT_TIMEOUT,
                        Duration.ofSeconds(10)),
                arguments(
                        ConnectionFactoryOptions.STATEMENT_TIMEOUT,
                        "0s",
                        CommonOptions.STATEMENT_TIMEOUT,
                        Duration.ZERO),
                arguments(
                        ConnectionFactoryOptions.LOCK_WAIT_TIMEOUT,
                        "1m",
                        CommonOptions.LOCK_WAIT_TIMEOUT,
                        Duration.ofMinutes(1)),
                arguments(
                        R2dbcOptions.option(CommonOptions.SSL_MODE),
                        "verify-ca",
                        CommonOptions.SSL_MODE,
                        SslMode.VERIFY_CA),
                arguments(
                        R2dbcOptions.option(CommonOptions.SSL_MODE),
                        SslMode.REQUIRE,
                        CommonOptions.SSL_MODE,
                        SslMode.REQUIRE),
                arguments(R2dbcOptions.option(CommonOptions.FETCH_SIZE), "500", CommonOptions.FETCH_SIZE, 500),
                arguments(R2dbcOptions.option(CommonOptions.ZONE), "UTC", CommonOptions.ZONE, ZoneId.of("UTC")));
    }

    @ParameterizedTest
    @MethodSource("wellKnown")
    void takesTypedValuesAndTexts(Option<Object> option, Object given, OptionKey<?> key, Object meant) {
        Options options = R2dbcOptions.read(spi().option(option, given).build(), SET);

        assertThat((Object) options.get(key)).isEqualTo(meant);
        assertThat(options.isSet(key)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "r2dbc:marsh://root:p@h h:4711",
                "r2dbc:marsh://root:p@h:1 h:1",
                "r2dbc:marsh://root:p@h1:1,h2:2/db h1:1,h2:2",
                "r2dbc:marsh://root:p@h1,h2:2 h1:4711,h2:2",
                "r2dbc:marsh://root:p@iotdb_server_1:6667/db iotdb_server_1:6667",
                "r2dbc:marsh://root:p@iotdb_server_1 iotdb_server_1:4711",
                "r2dbc:marsh://root:p@[::1]:6667 [::1]:6667",
                "r2dbc:marsh://root:p@[::1] [::1]:4711"
            })
    void findsTheHostsInWhatTheParserOfTheSpiLeaves(String url, String hosts) {
        assertThat(CommonOptions.endpoints(readUrl(url)))
                .extracting(Endpoint::toString)
                .containsExactly(hosts.split(",", -1));
    }

    /** The SPI's own parser throws here, and prints the URL with the password. */
    @Test
    void severalIpv6HostsTakeOurParserOrTheOptionItself() {
        Endpoint[] hosts = {new Endpoint("::1", 1), new Endpoint("::2", 2)};

        assertThatThrownBy(() -> ConnectionFactoryOptions.parse("r2dbc:marsh://root:p@[::1]:1,[::2]:2"))
                .isInstanceOf(IllegalArgumentException.class);
        ConnectionFactoryOptions parsed = R2dbcOptions.parse("r2dbc:marsh://root:p@[::1]:1,[::2]:2", SET);
        assertThat(CommonOptions.endpoints(R2dbcOptions.read(parsed, SET))).containsExactly(hosts);
        ConnectionFactoryOptions made =
                spi().option(ConnectionFactoryOptions.HOST, "[::1]:1,[::2]:2").build();
        assertThat(CommonOptions.endpoints(R2dbcOptions.read(made, SET))).containsExactly(hosts);
    }

    @Test
    void r2dbcsMeansTls() {
        assertThat(CommonOptions.sslMode(readUrl("r2dbcs:marsh://root@h"))).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(CommonOptions.sslMode(readUrl("r2dbcs:marsh://root@h?sslMode=require")))
                .isEqualTo(SslMode.REQUIRE);
        assertThat(CommonOptions.sslMode(readUrl("r2dbc:marsh://root@h"))).isEqualTo(SslMode.DISABLE);
    }

    @Test
    void aPlusIsABlankOnlyForTheParserOfTheSpi() {
        assertThat(readUrl("r2dbc:marsh://root:a+b@h").get(CommonOptions.PASSWORD))
                .isEqualTo("a b");
        assertThat(readUrl("r2dbc:marsh://root:a%2Bb@h").get(CommonOptions.PASSWORD))
                .isEqualTo("a+b");

        ConnectionFactoryOptions ours = R2dbcOptions.parse("r2dbc:marsh://root:a+b@h", SET);
        assertThat(ours.getValue(ConnectionFactoryOptions.PASSWORD)).isEqualTo("a+b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "r2dbc:marsh://root:sesame#OPEN@h:1 -> Option 'host' has a value that is not possible",
                "r2dbc:marsh://root:777777#OPEN@h:1 -> Option 'port' has a value that is not possible",
                "r2dbc:marsh://root:sesame@h:99999 -> 1 to 65535",
                "r2dbc:marsh://root:sesame@h?keyStorePassword=sesame&fetchSize=many -> Option 'fetchSize' can not be 'many'",
                "r2dbc:marsh://root:sesame@h?keyStorePasword=sesame -> did you mean 'keyStorePassword'?",
                "r2dbc:marsh://root:sesame@h?marsToken=sesame -> did you mean 'marshToken'?",
                "r2dbc:marsh://:sesame@h -> Option 'user' is required",
                "r2dbc:marsh://root:sesame@/d -> Option 'host' has a value that is not possible"
            })
    void noErrorRepeatsAPasswordOrASecretOfTheQuery(String url, String text) {
        Throwable error = catchThrowable(() -> readUrl(url));
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));

        assertThat(error).hasMessageContaining(text).hasNoCause();
        assertThat(trace.toString()).doesNotContain("sesame", "777777", "OPEN");
    }

    @Test
    void aSecretThatAUrlBroughtFirstIsShownByTheSpiButByNothingOfOurs() {
        String name = freshName();
        ConnectionFactoryOptions parsed = ConnectionFactoryOptions.parse("r2dbc:marsh://root@h?" + name + "=sesame");
        OptionKey<String> token = OptionKey.secret(name, "A secret.");
        OptionSet set = SET.toBuilder().add(token).build();
        OptionSet picky = set.toBuilder().require(CommonOptions.DATABASE).build();
        OptionSet ignorant = SET;

        assertThat(parsed.toString()).as("the trap is still there").contains("sesame");
        assertThat(R2dbcOptions.read(parsed, set).get(token)).isEqualTo("sesame");
        assertThat(R2dbcOptions.read(parsed, set).toString())
                .contains(name + "=****")
                .doesNotContain("sesame");
        assertThatThrownBy(() -> R2dbcOptions.read(parsed, picky)).hasMessageNotContaining("sesame");
        assertThatThrownBy(() -> R2dbcOptions.read(parsed, ignorant)).hasMessageNotContaining("sesame");
    }

    @Test
    void aSecretThatWeBringFirstIsSensitiveForTheSpiToo() {
        String name = freshName();
        OptionSet set = SET.toBuilder().add(OptionKey.secret(name, "A secret.")).build();
        ConnectionFactoryOptions options = R2dbcOptions.parse("r2dbc:marsh://root:sesame@h?" + name + "=sesame", set);

        assertThat(options.toString()).contains(name + "=REDACTED").doesNotContain("sesame");
    }

    /** Options are known to the SPI by name for the life of the JVM; nobody has seen this one yet. */
    private static String freshName() {
        return "token" + UUID.randomUUID().toString().replace("-", "");
    }

    @Test
    void goesThereAndBack() {
        Options options = SET.options()
                .set(CommonOptions.HOST, List.of(new HostPort("h1", 1), new HostPort("::1", null)))
                .set(CommonOptions.PORT, 5)
                .set(CommonOptions.USER, "root")
                .set(CommonOptions.PASSWORD, "se same+%")
                .set(CommonOptions.DATABASE, "root.sg")
                .set(CommonOptions.CONNECT_TIMEOUT, Duration.ofMillis(1500))
                .set(CommonOptions.LOCK_WAIT_TIMEOUT, Duration.ofMillis(1))
                .set(CommonOptions.SSL_MODE, SslMode.VERIFY_CA)
                .set(CommonOptions.ZONE, ZoneId.of("Asia/Shanghai"))
                .set(CommonOptions.RECEIVE_BUFFER, 1L << 20)
                .set(MarshProvider.TOKEN, "t")
                .set("protocol", "ws")
                .build();
        ConnectionFactoryOptions written = R2dbcOptions.write(options);

        assertThat(R2dbcOptions.read(written, SET)).isEqualTo(options);
        assertThat(R2dbcOptions.write(R2dbcOptions.read(written, SET))).isEqualTo(written);
        assertThat(written.getValue(ConnectionFactoryOptions.DRIVER)).isEqualTo("marsh");
        assertThat(written.getValue(ConnectionFactoryOptions.HOST)).isEqualTo("h1:1,[::1]");
        assertThat(written.getValue(ConnectionFactoryOptions.CONNECT_TIMEOUT)).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void oneHostAndItsPortGoWhereEverybodyLooksForThem() {
        ConnectionFactoryOptions written = R2dbcOptions.parse("marsh://root@[::1]:6667", SET);

        assertThat(written.getValue(ConnectionFactoryOptions.HOST)).isEqualTo("[::1]");
        assertThat(written.getValue(ConnectionFactoryOptions.PORT)).isEqualTo(6667);
        assertThat(CommonOptions.endpoints(R2dbcOptions.read(written, SET))).containsExactly(new Endpoint("::1", 6667));
    }

    @Test
    void aMissingRequiredOptionIsTheExceptionOfTheSpi() {
        ConnectionFactoryOptions noUser = ConnectionFactoryOptions.parse("r2dbc:marsh://h");

        assertThatThrownBy(() -> R2dbcOptions.read(noUser, SET))
                .isInstanceOfSatisfying(
                        NoSuchOptionException.class,
                        e -> assertThat(e.getOption()).isEqualTo(ConnectionFactoryOptions.USER))
                .hasMessageContaining("Option 'user' is required");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnceAndInTheSameOrderEachTime() {
        ConnectionFactoryOptions wrong = ConnectionFactoryOptions.parse(
                "r2dbc:marsh://h?zzz=1&fetchSize=many&connectTimeout=5&statmentTimeout=1s");

        assertThatThrownBy(() -> R2dbcOptions.read(wrong, SET))
                .isInstanceOf(InvalidOptionsException.class)
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .containsSubsequence(
                        "'connectTimeout'",
                        "'fetchSize'",
                        "'statmentTimeout', did you mean 'statementTimeout'",
                        "'zzz'",
                        "'user'");
    }

    @Test
    void letsThroughWhatIsMeantForThePoolAndTheProxyAround() throws IllegalAccessException {
        List<Field> constants = Arrays.stream(PoolingConnectionFactoryProvider.class.getFields())
                .filter(field -> field.getType() == Option.class)
                .toList();
        assertThat(constants).hasSizeGreaterThan(10);
        ConnectionFactoryOptions.Builder builder =
                spi().option(ConnectionFactoryOptions.PROTOCOL, "").option(Option.valueOf("proxyListener"), "x");
        for (Field constant : constants) {
            builder.option(untyped(constant.get(null)), "x");
        }
        ConnectionFactoryOptions options = builder.build();

        assertThat(R2dbcOptions.read(options, SET).toString()).isEqualTo("marsh {host=h, user=root}");
    }

    @SuppressWarnings("unchecked") // the pool's options have types of their own, which nobody looks at here
    private static Option<Object> untyped(Object option) {
        return (Option<Object>) option;
    }

    @Test
    void whateverAPasswordIsMadeOfItArrives() {
        Random random = new Random(SEED);
        for (int i = 0; i < 1_000; i++) {
            StringBuilder password = new StringBuilder();
            for (int j = 0; j < 12; j++) {
                password.appendCodePoint(
                        random.nextBoolean() ? 0x20 + random.nextInt(0x5f) : 0xa1 + random.nextInt(0x4000));
            }
            String written = URLEncoder.encode(password.toString(), StandardCharsets.UTF_8);
            Options options = readUrl("r2dbc:marsh://root:" + written + "@h?marshToken=" + written);

            assertThat(options.get(CommonOptions.PASSWORD)).as("seed %d", SEED).isEqualTo(password.toString());
            assertThat(options.get(MarshProvider.TOKEN)).as("seed %d", SEED).isEqualTo(password.toString());
            assertThat(options.toString()).as("seed %d", SEED).doesNotContain(password, written);
        }
    }
}
