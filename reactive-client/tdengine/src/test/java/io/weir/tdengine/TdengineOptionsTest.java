package io.weir.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.InvalidOptionsException;
import io.weir.core.OptionTable;
import io.weir.testkit.docs.GeneratedBlock;
import org.junit.jupiter.api.Test;

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
    void noSecretIsShown() {
        TdengineClient client = TdengineClient.create("tdengine://me:hidden1@h?token=hidden2&totpCode=hidden3");
        assertThat(client).asString().contains("me").doesNotContain("hidden");
        assertThat(TdengineClient.create("tdengine://h?bearerToken=hidden4"))
                .asString()
                .contains("bearer")
                .doesNotContain("hidden");
    }
}
