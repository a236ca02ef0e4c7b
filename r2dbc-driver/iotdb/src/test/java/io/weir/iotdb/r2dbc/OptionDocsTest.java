package io.weir.iotdb.r2dbc;

import io.weir.core.OptionTable;
import io.weir.testkit.docs.GeneratedBlock;
import org.junit.jupiter.api.Test;

class OptionDocsTest {

    @Test
    void thePageListsEveryOptionAsItIsDeclared() {
        GeneratedBlock.of("docs/iotdb.md", "options", OptionDocsTest.class)
                .shouldBe(OptionTable.markdown(IotdbConnectionFactoryProvider.OPTIONS));
    }
}
