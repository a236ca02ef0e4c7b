package io.weir.tdengine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.weir.testkit.Hex;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FrameExplainerTest {

    @Test
    void anAnswerIsShownWithItsBlock() {
        byte[] bytes = Vectors.of("fetch_raw_block_resp_show_cluster_alive").bytes();
        assertThat(FrameExplainer.explain(Unpooled.wrappedBuffer(bytes)))
                .contains("answer to a fetch, 98 bytes")
                .contains("result: 1")
                .contains("1 rows of (INT)");
    }

    @Test
    void requestsAreShownWithoutPasswords() {
        ByteBuf query = Unpooled.buffer();
        BinaryRequests.query(query, 5, "CREATE USER u PASS 'hidden'");
        assertThat(FrameExplainer.explain(query)).contains("binary_query").contains("CREATE USER u PASS '***'");

        String login = "{\"action\":\"conn\",\"args\":{\"user\":\"root\",\"password\":\"hid\\\"den\",\"db\":\"d\"}}";
        assertThat(FrameExplainer.explain(Unpooled.copiedBuffer(login, StandardCharsets.UTF_8)))
                .contains("\"user\":\"root\",\"password\":\"***\",\"db\":\"d\"")
                .doesNotContain("den");
    }

    @Test
    void bindsAreShownWithTheirSizes() {
        assertThat(FrameExplainer.explain(
                        Unpooled.wrappedBuffer(Vectors.of("rust_stmt2_bind_msg_with_tbnames_tags_and_cols")
                                .bytes())))
                .contains("stmt2_bind")
                .contains("1 tables, 17 tags, 16 columns");
    }

    @Test
    void everyTruncationIsExplainedAsFarAsItGoes() {
        for (Vectors vector : Vectors.all()) {
            byte[] bytes = vector.bytes();
            for (int size = 0; size < bytes.length; size++) {
                assertThat(FrameExplainer.explain(Unpooled.wrappedBuffer(bytes, 0, size)))
                        .as("%s, %s bytes", vector, size)
                        .isNotEmpty();
            }
        }
        assertThat(FrameExplainer.explain(Unpooled.wrappedBuffer(Hex.bytes("00"))))
                .contains("no message");
    }
}
