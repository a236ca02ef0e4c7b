package io.weir.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.InvalidOptionsException;
import io.weir.core.OptionTable;
import io.weir.core.Options;
import io.weir.testkit.docs.GeneratedBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TdengineOptionsTest {

    @Test
    void theTableInTheDocsIsThatOfTheOptions() {
        GeneratedBlock.of("docs/tdengine.md", "options", TdengineOptionsTest.class)
                .shouldBe(OptionTable.markdown(TdengineOptions.ALL));
    }

    @Test
    void anUnknownOptionIsRefusedWithTheNearestName() {
        assertThatThrownBy(() -> TdengineClient.create("tdengine://h?bearertokn=x"))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("bearerToken");
    }

    @Test
    void theNativeProtocolNeedsItsArtifactAndSaysWhich() {
        assertThatThrownBy(() -> TdengineClient.create("tdengine:native://h"))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining("io.weir:weir-tdengine-native")
                .hasMessageContaining("class path");
    }

    @ParameterizedTest
    @CsvSource({
        "tdengine:native://h?compression=true, compression",
        "tdengine:native://h?keepAlive=5s, taos.cfg",
        "tdengines:native://h, taos.cfg",
        "tdengine:native://h?charset=GBK, UTF-8",
        "tdengine://h?nativeThreads=2, tdengine:native://",
        "tdengine:rest://h?totpCode=1, WebSocket",
        "tdengine://h?restRowLimit=5, tdengine:rest://",
        "tdengine:websocket://h?configFolder=/etc/taos, tdengine:native://"
    })
    void whatAProtocolCanNotDoIsRefused(String url, String why) {
        assertThatThrownBy(() -> TdengineClient.create(url))
                .isInstanceOf(InvalidOptionsException.class)
                .hasMessageContaining(why);
    }

    @Test
    void theNativePortIsTheServersOwn() {
        assertThat(OptionsOfProtocols.port(options("tdengine:native://h"))).isEqualTo(6030);
        assertThat(OptionsOfProtocols.port(options("tdengine://h"))).isEqualTo(6041);
    }

    private static Options options(String url) {
        return TdengineOptions.ALL.options().url(url).build();
    }

    @Test
    void noSecretIsShown() {
        TdengineClient client = TdengineClient.create("tdengine://me:hidden1@h?token=hidden2&totpCode=hidden3");
        assertThat(client).asString().contains("me").doesNotContain("hidden");
        assertThat(TdengineClient.create("tdengine://h?bearerToken=hidden4"))
                .asString()
                .contains("bearer")
                .doesNotContain("hidden");
    }
}
