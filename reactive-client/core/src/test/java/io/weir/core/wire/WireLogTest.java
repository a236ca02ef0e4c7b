package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WireLogTest {

    private static String shown(Ask ask, String bytes) {
        var buffer = Unpooled.copiedBuffer(bytes, StandardCharsets.UTF_8);
        return WireLog.text(ask.operation(), ask.confidential(), buffer, 0, buffer.readableBytes());
    }

    @Test
    void bytesAreShownAsHexadecimalText() {
        assertThat(shown(new Ask("q"), "ab")).isEqualTo("ask 2 bytes: 6162");
    }

    @Test
    void aLargeFrameIsCutShortAndSaysSo() {
        assertThat(shown(new Ask("q"), "x".repeat(5000)))
                .startsWith("ask 5000 bytes: 7878")
                .endsWith("78… and 2952 more")
                .hasSizeLessThan(4200);
    }

    @Test
    void whatIsConfidentialIsNeverShown() {
        Ask login = new Ask("password") {
            @Override
            protected boolean confidential() {
                return true;
            }
        };
        assertThat(shown(login, "password")).isEqualTo("ask 8 bytes: (confidential)");
    }
}
