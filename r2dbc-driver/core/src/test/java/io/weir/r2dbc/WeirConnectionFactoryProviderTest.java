package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.NoSuchOptionException;
import io.r2dbc.spi.Option;
import io.r2dbc.spi.Wrapped;
import io.weir.core.CommonOptions;
import io.weir.core.Options;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeirConnectionFactoryProviderTest {

    private final MarshProvider provider = new MarshProvider();

    private static Options optionsOf(ConnectionFactory factory) {
        assertThat(factory).isInstanceOf(MarshProvider.Factory.class);
        return ((MarshProvider.Factory) factory).options();
    }

    @Test
    void isFoundByItsDriver() {
        Options options = optionsOf(ConnectionFactories.get("r2dbc:marsh://root:sesame@h1:1,h2/db?fetchSize=5"));

        assertThat(options.get(CommonOptions.FETCH_SIZE)).isEqualTo(5);
        assertThat(provider.getDriver()).isEqualTo("marsh");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "marsh, -, true",
                "marsh, '', true",
                "marsh, rest, true",
                "marsh, WS, true",
                "marsh, soap, false",
                "iotdb, -, false",
                "Marsh, -, false",
                "-, -, false",
                "-, rest, false"
            })
    void supportsItsDriverWithItsProtocols(String driver, String protocol, boolean supported) {
        ConnectionFactoryOptions.Builder builder = ConnectionFactoryOptions.builder();
        if (driver != null) {
            builder.option(ConnectionFactoryOptions.DRIVER, driver);
        }
        if (protocol != null) {
            builder.option(ConnectionFactoryOptions.PROTOCOL, protocol);
        }
        assertThat(provider.supports(builder.build())).isEqualTo(supported);
    }

    @Test
    void supportsItsDriverWhateverElseIsGivenAndRefusesThatOnlyWhenItIsMade() {
        ConnectionFactoryOptions strange = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "marsh")
                .option(ConnectionFactoryOptions.HOST, "a:b:c")
                .option(Option.valueOf("fetchsize"), new Object())
                .build();

        assertThat(provider.supports(strange)).isTrue();
        assertThatThrownBy(() -> provider.create(strange))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("did you mean 'fetchSize'")
                .hasMessageContaining("'host'")
                .hasMessageContaining("'user'");
    }

    @Test
    void failsCleanlyWithoutARequiredOption() {
        ConnectionFactoryOptions noUser = ConnectionFactoryOptions.parse("r2dbc:marsh://h");

        assertThatThrownBy(() -> provider.create(noUser)).isInstanceOf(NoSuchOptionException.class);
    }

    @Test
    void refusesNull() {
        assertThatThrownBy(() -> provider.supports(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> provider.create((ConnectionFactoryOptions) null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void canBePooledByUrlAlthoughThePoolHandsItsOwnOptionsDown() {
        ConnectionFactory pool = ConnectionFactories.get(
                "r2dbc:pool:marsh:rest://root@h?initialSize=0&maxSize=3&poolName=p&fetchSize=7");

        assertThat(pool).isInstanceOf(ConnectionPool.class);
        Options options = optionsOf((ConnectionFactory) ((Wrapped<?>) pool).unwrap());
        assertThat(options.toString()).isEqualTo("marsh {host=h, user=root, fetchSize=7, protocol=rest}");
    }

    @Test
    void optionsBecomeTheSettingsOfAConnection() {
        Options options = optionsOf(ConnectionFactories.get("r2dbc:marsh://root@h?statementTimeout=3s&fetchSize=7"
                + "&unreadResultTimeout=4s&validationTimeout=500ms&logParameters=true"));

        assertThat(DriverOptions.settings(options))
                .isEqualTo(new ConnectionSettings(
                        Duration.ofSeconds(3), Duration.ofSeconds(4), Duration.ofMillis(500), 7, true));
        assertThat(DriverOptions.settings(optionsOf(ConnectionFactories.get("r2dbc:marsh://root@h"))))
                .isEqualTo(ConnectionSettings.DEFAULTS);
    }
}
