package io.weir.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedFramesTest {

    private static final int MASK = 0x81_02_f3_44;

    private final EmbeddedChannel client = new EmbeddedChannel(new MaskedFrames(() -> MASK));
    private final EmbeddedChannel server = new EmbeddedChannel(new WebSocket13FrameDecoder(true, true, 1 << 20));

    @AfterEach
    void nothingIsLeft() {
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 8, 9, 125, 126, 127, 65_535, 65_536, 65_543})
    void aMessageOfAnyLengthArrivesAsItWas(int length) {
        BinaryWebSocketFrame plain = new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes(length)));

        arrives(plain, plain.copy());
        arrives(plain, new MaskedFrames.Whole(withRoom(length)));
        plain.release();
    }

    @Test
    void framesOfAllKindsKeepWhatTheyAre() {
        for (WebSocketFrame frame : List.of(
                new TextWebSocketFrame(false, 0, "beg"),
                new PingWebSocketFrame(text("in between")),
                new ContinuationWebSocketFrame(true, 0, "un"),
                new BinaryWebSocketFrame(true, 4, text("small")),
                new PongWebSocketFrame(),
                new CloseWebSocketFrame(1000, "bye"))) {
            arrives(frame, frame.copy());
            frame.release();
        }
    }

    @Test
    void aWholeMessageStaysInItsBuffer() {
        ByteBuf message = withRoom(70_000);

        client.writeOutbound(new MaskedFrames.Whole(message));

        ByteBuf sent = client.readOutbound();
        assertThat(sent).isSameAs(message);
        assertThat(message.release()).isTrue();
    }

    @Test
    void bytesThatOthersMayHaveAreLeftAsTheyAre() {
        ByteBuf shared = Unpooled.buffer().writeZero(20).writeBytes(bytes(40)).skipBytes(20);
        byte[] before = ByteBufUtil.getBytes(shared);

        ByteBuf sent = sent(new PongWebSocketFrame(shared.retain()));

        assertThat(ByteBufUtil.getBytes(shared)).isEqualTo(before);
        assertThat(shared.release()).isTrue();
        assertThat(sent.readableBytes()).isEqualTo(2 + 4 + 40);
        sent.release();
    }

    private void arrives(WebSocketFrame expected, WebSocketFrame frame) {
        server.writeInbound(sent(frame));
        WebSocketFrame came = server.readInbound();
        assertThat(came).isEqualTo(expected);
        came.release();
    }

    private ByteBuf sent(WebSocketFrame frame) {
        client.writeOutbound(frame);
        return client.readOutbound();
    }

    private static ByteBuf withRoom(int length) {
        return Unpooled.buffer()
                .setIndex(MaskedFrames.HEADER_ROOM, MaskedFrames.HEADER_ROOM)
                .writeBytes(bytes(length));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }
}
