package io.weir.http.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameMaskGenerator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes frames, masked as a client has to. A {@link Whole} message is masked where it lies, and its header is put in front
 * of it: so a long one is neither copied nor allocated once more.
 */
final class MaskedFrames extends ChannelOutboundHandlerAdapter implements WebSocketFrameEncoder {

    /** What the longest header takes. */
    static final int HEADER_ROOM = 14;

    private static final int MASK_BYTES = 4;
    private static final int SHORT = 125;
    private static final int MEDIUM = 0xffff;

    private final WebSocketFrameMaskGenerator masks;

    MaskedFrames(WebSocketFrameMaskGenerator masks) {
        this.masks = masks;
    }

    /** A binary message whose bytes nobody else has, with {@link #HEADER_ROOM} in front of them. */
    static final class Whole extends BinaryWebSocketFrame {
        Whole(ByteBuf content) {
            super(content);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the promise that is handed on tells
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof WebSocketFrame frame) {
            ByteBuf content = frame.content();
            ctx.write(seal(frame, frame instanceof Whole ? content : copy(ctx, content)), promise);
        } else {
            ctx.write(message, promise);
        }
    }

    private static ByteBuf copy(ChannelHandlerContext ctx, ByteBuf content) {
        try {
            return ctx.alloc()
                    .buffer(HEADER_ROOM + content.readableBytes())
                    .setIndex(HEADER_ROOM, HEADER_ROOM)
                    .writeBytes(content, content.readerIndex(), content.readableBytes());
        } finally {
            content.release();
        }
    }

    private ByteBuf seal(WebSocketFrame frame, ByteBuf bytes) {
        int length = bytes.readableBytes();
        int payload = bytes.readerIndex();
        int mask = masks.nextMask();
        mask(bytes.nioBuffer(payload, length), mask);
        int header = (length <= SHORT ? 2 : length <= MEDIUM ? 4 : 10) + MASK_BYTES;
        bytes.setIndex(payload - header, payload - header);
        bytes.writeByte((frame.isFinalFragment() ? 0x80 : 0) | (frame.rsv() << 4) | opcode(frame));
        if (length <= SHORT) {
            bytes.writeByte(0x80 | length);
        } else if (length <= MEDIUM) {
            bytes.writeByte(0x80 | 126).writeShort(length);
        } else {
            bytes.writeByte(0x80 | 127).writeLong(length);
        }
        return bytes.writeInt(mask).writerIndex(payload + length);
    }

    private static void mask(ByteBuffer bytes, int mask) {
        long twice = ((long) mask << Integer.SIZE) | (mask & 0xffff_ffffL);
        // In the order that most machines have no word has to be turned around, but for the mask.
        long words = Long.reverseBytes(twice);
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        int length = bytes.limit();
        int i = 0;
        for (; i < length - 7; i += Long.BYTES) {
            bytes.putLong(i, bytes.getLong(i) ^ words);
        }
        for (; i < length; i++) {
            bytes.put(i, (byte) (bytes.get(i) ^ (mask >>> (24 - 8 * (i & 3)))));
        }
    }

    private static int opcode(WebSocketFrame frame) {
        if (frame instanceof BinaryWebSocketFrame) {
            return 2;
        } else if (frame instanceof TextWebSocketFrame) {
            return 1;
        } else if (frame instanceof CloseWebSocketFrame) {
            return 8;
        } else if (frame instanceof PingWebSocketFrame) {
            return 9;
        }
        return frame instanceof PongWebSocketFrame ? 10 : 0;
    }
}
