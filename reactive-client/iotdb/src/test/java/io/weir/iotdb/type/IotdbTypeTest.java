package io.weir.iotdb.type;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Kind;
import org.junit.jupiter.api.Test;

class IotdbTypeTest {

    @Test
    void typesAreFoundByCodeAndByName() {
        for (IotdbType type : IotdbType.values()) {
            assertThat(IotdbType.ofCode(type.code())).isSameAs(type);
            assertThat(IotdbType.ofName(type.name().toLowerCase(java.util.Locale.ROOT)))
                    .isSameAs(type);
        }
        assertThat(IotdbType.ofCode(6)).isNull();
        assertThat(IotdbType.ofCode(-1)).isNull();
        assertThat(IotdbType.ofCode(12)).isNull();
        assertThat(IotdbType.ofName("OBJECT")).isNull();
    }

    @Test
    void bothTextsAreTexts() {
        assertThat(IotdbType.TEXT.kind()).isEqualTo(Kind.TEXT);
        assertThat(IotdbType.STRING.kind()).isEqualTo(Kind.TEXT);
    }
}
