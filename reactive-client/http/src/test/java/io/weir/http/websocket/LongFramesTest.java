package io.weir.http.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongFramesTest {

    private static final int MAX = 1 << 20;

    private final LongFrames frames = new LongFrames(MAX);
    private final EmbeddedChannel client = new EmbeddedChannel(frames, new WebSocket13FrameDecoder(false, false, MAX));
    private final EmbeddedChannel server = new EmbeddedChannel(new WebSocket13FrameEncoder(false));

    @AfterEach
    void nothingIsLeft() {
        client.finishAndReleaseAll();
        server.finishAndReleaseAll();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void framesOfAllLengthsArriveHoweverTheyAreCut(long seed) {
        Random random = new Random(seed);
        List<WebSocketFrame> sent = new ArrayList<>();
        ByteBuf stream = Unpooled.buffer();
        for (int i = 0; i < 40; i++) {
            for (WebSocketFrame frame : message(random)) {
                sent.add(frame);
                server.writeOutbound(frame.copy());
                ByteBuf bytes = server.readOutbound();
                for (; bytes != null; bytes = server.readOutbound()) {
                    stream.writeBytes(bytes);
                    bytes.release();
                }
            }
        }

        while (stream.isReadable()) {
            read(stream, 1 + random.nextInt(random.nextBoolean() ? 20 : 100_000));
        }

        for (WebSocketFrame frame : sent) {
            WebSocketFrame came = client.readInbound();
            assertThat(came).isEqualTo(frame);
            came.release();
            frame.release();
        }
        stream.release();
        assertThat((WebSocketFrame) client.readInbound()).isNull();
        assertThat(frames.room()).isNull();
    }

    @Test
    void theRestOfALongFrameIsReadIntoItsBuffer() {
        byte[] payload = bytes(100_000);
        client.writeInbound(encoded(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(payload)), 500));

        ByteBuf room = frames.room();
        assertThat(room).isNotNull();
        assertThat(room.writableBytes()).isEqualTo(100_000 - 490);
        client.writeInbound(room.writeBytes(payload, 490, 100_000 - 490));

        BinaryWebSocketFrame came = client.readInbound();
        assertThat(came.content()).isSameAs(room).isEqualTo(Unpooled.wrappedBuffer(payload));
        assertThat(frames.isAmongLongOnes()).isTrue();
        came.release();
    }

    @Test
    void whatIsWrongIsJudgedByTheDecoder() {
        ByteBuf tooLong = Unpooled.buffer().writeShort(0x827f).writeLong(MAX + 1L);
        assertThatThrownBy(() -> client.writeInbound(tooLong)).isInstanceOf(CorruptedWebSocketFrameException.class);
        assertThat(frames.room()).isNull();
    }

    @Test
    void aFrameInTheMiddleOfAFragmentedMessageIsJudgedByTheDecoder() {
        client.writeInbound(encoded(new TextWebSocketFrame(false, 0, "begun"), Integer.MAX_VALUE));
        ByteBuf intruder = encoded(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes(70_000))), Integer.MAX_VALUE);

        assertThatThrownBy(() -> client.writeInbound(intruder)).isInstanceOf(CorruptedWebSocketFrameException.class);
    }

    @Test
    void whatFollowsAGoodByeIsOfNoConcern() {
        client.writeInbound(encoded(new CloseWebSocketFrame(1000, "bye"), Integer.MAX_VALUE));
        client.writeInbound(encoded(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes(70_000))), 100));

        assertThat(frames.room()).isNull();
        CloseWebSocketFrame came = client.readInbound();
        assertThat(came.statusCode()).isEqualTo(1000);
        came.release();
    }

    @Test
    void aFrameThatIsCutOffIsReleased() {
        client.writeInbound(encoded(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes(70_000))), 40_000));
        ByteBuf room = frames.room();
        assertThat(room).isNotNull();

        client.pipeline().remove(frames);

        assertThat(room.release()).isTrue();
    }

    private void read(ByteBuf stream, int most) {
        ByteBuf room = frames.room();
        int count = Math.min(stream.readableBytes(), room == null ? most : Math.min(most, room.writableBytes()));
        client.writeInbound(
                room == null ? Unpooled.copiedBuffer(stream.readSlice(count)) : room.writeBytes(stream, count));
    }

    private static List<WebSocketFrame> message(Random random) {
        int length = random.nextInt(4) == 0 ? 20_000 + random.nextInt(100_000) : random.nextInt(300);
        ByteBuf content = Unpooled.wrappedBuffer(bytes(length));
        return switch (random.nextInt(5)) {
            case 0 -> List.of(new TextWebSocketFrame(true, 0, content));
            case 1 -> List.of(new PingWebSocketFrame(Unpooled.wrappedBuffer(bytes(random.nextInt(126)))));
            case 2 ->
                List.of(
                        new BinaryWebSocketFrame(false, 0, content),
                        new PingWebSocketFrame(Unpooled.wrappedBuffer(bytes(3))),
                        new ContinuationWebSocketFrame(true, 0, Unpooled.wrappedBuffer(bytes(40_000))));
            default -> List.of(new BinaryWebSocketFrame(true, 0, content));
        };
    }

    private ByteBuf encoded(WebSocketFrame frame, int most) {
        server.writeOutbound(frame);
        ByteBuf all = Unpooled.buffer();
        // A frame of some length comes as header and payload.
        for (ByteBuf part = server.readOutbound(); part != null; part = server.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return all.writerIndex(Math.min(most, all.writerIndex()));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }
}
