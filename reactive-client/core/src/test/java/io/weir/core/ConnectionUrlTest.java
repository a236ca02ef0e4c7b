package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.weir.core.InvalidOptionsException.Reason;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUrlTest {

    private static final OptionSet MARSH = OptionSet.builder("marsh", "docs/marsh.md")
            .add(CommonOptions.CONNECTION)
            .add(CommonOptions.TLS)
            .add(CommonOptions.FETCH_SIZE)
            .standard(CommonOptions.PORT, 4711)
            .require(CommonOptions.HOST)
            .build();

    private static final OptionSet TWO_PROTOCOLS = OptionSet.builder("creek", "docs/creek.md")
            .add(CommonOptions.CONNECTION)
            .add(OptionKey.text("protocol", "How to talk."))
            .require(CommonOptions.HOST)
            .build();

    private static Options parse(String url) {
        return MARSH.options().url(url).build();
    }

    @Test
    void takesEveryPartApart() {
        Options options = parse(
                "r2dbcs:marsh://root:se%40same@h1:6667,h2:6668/root.sg?fetchSize=500&connectTimeout=3s&trustStore=%2Fetc%2Fca.p12");

        assertThat(CommonOptions.endpoints(options))
                .containsExactly(new Endpoint("h1", 6667), new Endpoint("h2", 6668));
        assertThat(options.get(CommonOptions.USER)).isEqualTo("root");
        assertThat(options.get(CommonOptions.PASSWORD)).isEqualTo("se@same");
        assertThat(options.get(CommonOptions.DATABASE)).isEqualTo("root.sg");
        assertThat(options.get(CommonOptions.FETCH_SIZE)).isEqualTo(500);
        assertThat(options.get(CommonOptions.CONNECT_TIMEOUT)).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.get(CommonOptions.TRUST_STORE)).hasToString("/etc/ca.p12");
    }

    @ParameterizedTest
    @CsvSource({
        "marsh://h, false",
        "marshs://h, true",
        "r2dbc:marsh://h, false",
        "r2dbcs:marsh://h, true",
        "R2DBC:Marsh://h, false",
        "marsh://h?ssl=true, true",
        "marshs://h?ssl=true, true"
    })
    void anSInTheSchemeMeansTls(String url, boolean tls) {
        assertThat(parse(url).get(CommonOptions.SSL)).isEqualTo(tls);
        assertThat(CommonOptions.sslMode(parse(url))).isEqualTo(tls ? SslMode.VERIFY_FULL : SslMode.DISABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "marsh://h h:4711",
                "marsh://h:1 h:1",
                "marsh://u@h:1 h:1",
                "marsh://iotdb_server_1:6667/db iotdb_server_1:6667",
                "marsh://iotdb_server_1 iotdb_server_1:4711",
                "marsh://h1:1,h2:2 h1:1,h2:2",
                "marsh://h1,h_2:2,h3 h1:4711,h_2:2,h3:4711",
                "marsh://[::1]:6667 [::1]:6667",
                "marsh://[::1] [::1]:4711",
                "marsh://u:p@[::1]:6667,[fe80::1%25eth0],h [::1]:6667,[fe80::1%eth0]:4711,h:4711",
                "marsh://h:1?fetchSize=5 h:1"
            })
    void readsHostLists(String url, String hosts) {
        assertThat(CommonOptions.endpoints(parse(url)))
                .extracting(Endpoint::toString)
                .containsExactly(hosts.split(","));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "marsh://h - - -",
                "marsh://h/ - - -",
                "marsh://u@h/d u - d",
                "marsh://u:@h u - -",
                "marsh://:p@h - p -",
                "marsh://u:p:q@h u p:q -",
                "marsh://u:a+b@h u a+b -",
                "marsh://u:a%2Bb@h u a+b -",
                "marsh://u:%23%2F%3F%40%25@h u #/?@% -",
                "marsh://u:p,q@h u p,q -",
                "marsh://%75ser:p%C3%A4ss@h user päss -",
                "marsh://u:päss%20@h u 'päss ' -",
                "marsh://u:p&q=r@h u p&q=r -",
                "marsh://h/a%2Fb - - a/b",
                "marsh://h/a/b/c - - a/b/c",
                "marsh://h/root.sg%20x - - 'root.sg x'"
            })
    void decodesUserPasswordAndDatabase(String url, String user, String password, String database) {
        Options options = parse(url);
        assertThat(options.find(CommonOptions.USER)).isEqualTo(user);
        assertThat(options.find(CommonOptions.PASSWORD)).isEqualTo(password);
        assertThat(options.find(CommonOptions.DATABASE)).isEqualTo(database);
    }

    @Test
    void namesTheProtocolWhereThereIsAChoice() {
        for (String url : List.of("creek:rest://h", "r2dbc:creek:rest://h")) {
            assertThat(TWO_PROTOCOLS.options().url(url).build().toString()).contains("protocol=rest");
        }
        assertThatThrownBy(() -> parse("r2dbc:marsh:rest://h")).hasMessageContaining("leave it out");
    }

    /** Every piece of a password in these is "sesame" or "OPEN"; see the test below. */
    @ParameterizedTest
    @CsvSource(
            delimiterString = " -> ",
            value = {
                "marsh:h -> The URL must begin with marsh://",
                "root:sesame@h:1 -> The URL must begin with marsh://",
                "postgresql://root:sesame@h -> The URL must begin with marsh://",
                "r2dbc:pool:marsh://root:sesame@h -> The URL must begin with marsh://",
                "r2dbc:marshs://root:sesame@h -> The URL must begin with marsh://",
                "marsh://root:sesame#OPEN@h:1 -> The URL has a # in it: in a user, a password or an option write %23",
                "marsh://root:12#OPEN@h:1 -> write %23",
                "marsh://root:sesame@OPEN@h -> more than one @: in a user or a password write %40",
                "marsh://root:sesame/OPEN@h:1 -> write %2F for /",
                "marsh://root:sesame?OPEN@h:1 -> %3F for ?",
                "marsh://root:sesame?a=OPEN@h:1 -> %3F for ?",
                "marsh://root:sesame OPEN@h -> a blank or a control character",
                "marsh://root:sesame%zz@h -> The password in the URL has a % that no two hex digits follow",
                "marsh://root:sesame%4@h -> The password in the URL has a %",
                "marsh://root:sesame%FF@h -> The password in the URL has a %",
                "marsh://root:sesame -> Option 'host' has a value that is not possible",
                "marsh://root:sesame/OPEN -> Option 'host' has a value that is not possible",
                "marsh://root:4711471 -> Option 'host' has a value that is not possible: give hosts separated by commas",
                "marsh://h:99999 -> each with a port from 1 to 65535 or none",
                "marsh://h:0 -> each with a port from 1 to 65535 or none",
                "marsh://[::1 -> IPv6 in brackets",
                "marsh://root:sesame@ -> Option 'host' is required, but it was not given",
                "marsh:// -> Option 'host' is required, but it was not given",
                "marsh://h?fetchSize -> something without =",
                "marsh://h?=sesame -> name is none (not repeated here)",
                "marsh://h?fetchSize=1&fetchSize=2 -> An option occurs twice in the URL: 'fetchSize'",
                "marsh://h?password=sesame -> Option 'password' has its place in front of the ? of the URL",
                "marsh://h?host=h2 -> Option 'host' has its place in front of the ?",
                "marsh://h?driver=h2 -> Option 'driver' has its place in front of the ?",
                "marsh://h?trustStorePassword=sesame&OPEN -> What follows the value of 'trustStorePassword' in the URL is no option",
                "marsh://h?trustStorePassword=sesame&OPEN=1 -> What follows the value of 'trustStorePassword' in the URL is no option",
                "marsh://h?trustStorePassword=sesame&x&OPEN=1 -> What follows the value of 'trustStorePassword' in the URL is no option",
                "marsh://h?trustStorePassword=sesame%FF -> The value of an option in the URL has a %",
                "marsh://h?trustStorePasword=sesame -> did you mean 'trustStorePassword'?",
                "marsh://h?pass%20word=sesame -> name is none (not repeated here)",
                "marshs://h?ssl=false -> says ssl=false: give one of them",
                "marshs://h?sslMode=disable -> contradict each other",
                "marsh://h?fetchSize=many -> Option 'fetchSize' can not be 'many': give a whole number, 1 to 1000000"
            })
    void refusesWhatIsNotWellFormedAndSaysWhatToWrite(String url, String text) {
        Throwable error = catchThrowable(() -> parse(url));
        assertThat(error)
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining(text)
                .hasNoCause();
        assertThat(error.toString()).doesNotContain("sesame", "OPEN", "4711471", url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"marsh://h?", "marsh://h?&", "marsh://h/?fetchSize=5&", "marsh://h?&fetchSize=5"})
    void emptyPartsOfTheQueryDoNoHarm(String url) {
        assertThat(CommonOptions.endpoints(parse(url))).containsExactly(new Endpoint("h", 4711));
    }

    @Test
    void reportsTheOptionsOfTheUrlTogetherWithThoseOfTheBuilder() {
        InvalidOptionsException error = catchThrowableOfType(
                InvalidOptionsException.class,
                () -> MARSH.options()
                        .url("marsh://h?fetchSize=many&zone=UTC")
                        .set("connectTimeout", "soon")
                        .build());

        assertThat(error.problems())
                .extracting(InvalidOptionsException.Problem::option)
                .containsExactly("fetchSize", "zone", "connectTimeout");
    }

    @Test
    void ofABrokenUrlNothingIsSaidToBeMissing() {
        InvalidOptionsException error =
                catchThrowableOfType(InvalidOptionsException.class, () -> parse("marsh://a@b@c"));

        assertThat(error.problems())
                .extracting(InvalidOptionsException.Problem::reason)
                .containsExactly(Reason.URL);
    }

    @Test
    void aValueOfTheBuilderWinsWhicheverComesFirst() {
        Options before = MARSH.options()
                .set(CommonOptions.PASSWORD, "builder")
                .set("host", "other")
                .url("marsh://u:url@h:1?fetchSize=5")
                .build();
        Options after = MARSH.options()
                .url("marsh://u:url@h:1?fetchSize=5")
                .set("host", "other")
                .set(CommonOptions.PASSWORD, "builder")
                .build();

        assertThat(before).isEqualTo(after);
        assertThat(before.get(CommonOptions.PASSWORD)).isEqualTo("builder");
        assertThat(before.get(CommonOptions.FETCH_SIZE)).isEqualTo(5);
        assertThat(CommonOptions.endpoints(before)).containsExactly(new Endpoint("other", 4711));
    }

    @Test
    void whatTheBuilderSaysOfTlsReplacesAllThatTheUrlSaysOfIt() {
        Options mode =
                MARSH.options().url("marshs://h").set("sslMode", "disable").build();
        Options ssl = MARSH.options()
                .url("marsh://h?sslMode=require")
                .set("ssl", false)
                .build();

        assertThat(CommonOptions.sslMode(mode)).isEqualTo(SslMode.DISABLE);
        assertThat(CommonOptions.sslMode(ssl)).isEqualTo(SslMode.DISABLE);
    }
}
