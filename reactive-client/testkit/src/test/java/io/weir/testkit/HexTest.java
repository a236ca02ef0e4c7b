package io.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HexTest {

    @Test
    void readsHexWithSpacesAndRemarks() {
        assertThat(Hex.bytes("00 ff # length\n 7f80")).containsExactly(0, -1, 127, -128);
    }

    @Test
    void refusesHalfAByte() {
        assertThatThrownBy(() -> Hex.bytes("abc")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void dumpsOffsetBytesAndCharacters() {
        byte[] bytes = "A weir lets through\0".getBytes(StandardCharsets.US_ASCII);
        assertThat(Hex.dump(bytes)).isEqualTo("""
                        000000  41 20 77 65 69 72 20 6c  65 74 73 20 74 68 72 6f  |A weir lets thro|
                        000010  75 67 68 00                                       |ugh.|
                        """);
    }
}
