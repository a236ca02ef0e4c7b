package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.ConnectionFactoryProvider;
import io.r2dbc.spi.NoSuchOptionException;
import io.r2dbc.spi.Option;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** How a driver is found, and what it makes of options and URLs. */
interface DiscoveryTests extends Suite {

    private ConnectionFactoryOptions options() {
        return fixture().options(fixture().host(), fixture().port());
    }

    private ConnectionFactoryProvider provider() {
        Object driver = options().getRequiredValue(ConnectionFactoryOptions.DRIVER);
        return ServiceLoader.load(ConnectionFactoryProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> driver.equals(provider.getDriver()))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("No service file names a provider whose getDriver() is " + driver));
    }

    @Test
    @Proves("D1, D4")
    default void aServiceFileNamesTheProviderWhichNamesItsDriver() {
        assertThat(provider().supports(options())).isTrue();
        assertThat(ConnectionFactories.supports(options())).isTrue();
    }

    @Test
    @Proves("D2")
    default void optionsThatNobodyKnowsDoNotKeepTheDriverFromBeingFound() {
        ConnectionFactoryOptions more = options()
                .mutate()
                .option(Option.valueOf("nobodyKnowsThis"), "x")
                .build();
        assertThat(provider().supports(more)).isTrue();
    }

    @Test
    @Proves("D2")
    default void otherDriversAreNotSupported() {
        ConnectionFactoryOptions other = options()
                .mutate()
                .option(ConnectionFactoryOptions.DRIVER, "another")
                .build();
        assertThat(provider().supports(other)).isFalse();
        assertThat(provider().supports(ConnectionFactoryOptions.builder().build()))
                .isFalse();
    }

    @Test
    @Proves("D3")
    default void aRequiredOptionThatIsMissingIsNamed() {
        assertThat(fixture().requiredOptions()).isNotEmpty();
        for (Option<?> required : fixture().requiredOptions()) {
            ConnectionFactoryOptions without = ConnectionFactoryOptions.builder()
                    .from(options(), option -> !option.equals(required))
                    .build();
            assertThat(catchThrowable(() -> provider().create(without)))
                    .as("created without " + required.name())
                    .isInstanceOf(NoSuchOptionException.class)
                    .hasMessageContaining(required.name());
        }
    }

    @Test
    @Proves("D5, D6")
    default void aUrlConnectsAndTextIsTakenForEveryType() {
        String url = fixture().url(fixture().host(), fixture().port());
        String separator = url.contains("?") ? "&" : "?";
        for (String times : new String[] {
            "",
            separator + "connectTimeout=10s&statementTimeout=20s",
            separator + "connectTimeout=PT10S&statementTimeout=PT20S"
        }) {
            ConnectionFactory factory = ConnectionFactories.get(url + times);
            try (Line line = new Line(bench(), Spi.awaitOne(factory.create()), null)) {
                line.assertGood("connected by a URL that ends with '" + times + "'");
            }
        }
    }

    @Test
    @Proves("D6")
    default void thePortMayBeText() {
        Option<Object> port = Option.valueOf(ConnectionFactoryOptions.PORT.name());
        ConnectionFactoryOptions text = options()
                .mutate()
                .option(port, Integer.toString(fixture().port()))
                .build();
        try (Line line =
                new Line(bench(), Spi.awaitOne(ConnectionFactories.get(text).create()), null)) {
            line.assertGood("the port came as text");
        }
    }

    @Test
    @Proves("D7")
    default void thePasswordIsPrintedNowhere() {
        String secret = "s3cr3t-0f-th3-w31r";
        for (int port : new int[] {fixture().port(), 1}) {
            ConnectionFactory factory = bench().factory(
                            fixture().host(),
                            port,
                            options -> options.option(ConnectionFactoryOptions.PASSWORD, secret));
            assertThat(factory.toString()).doesNotContain(secret);
            Throwable error = catchThrowable(() -> {
                try (Line line = new Line(bench(), Spi.awaitOne(factory.create()), null)) {
                    assertThat(line.connection().toString()).doesNotContain(secret);
                }
            });
            if (error != null) {
                StringWriter trace = new StringWriter();
                error.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain(secret);
            }
        }
    }
}
