package io.weir.http.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.jspecify.annotations.Nullable;

/**
 * Puts messages together. Their bytes end up in one piece, because who decodes columns in place jumps about in them: a
 * buffer of many parts would cost a search at each jump. The order of frames has been checked by Netty's decoder.
 */
final class Fragments {

    private final ByteBufAllocator alloc;
    private final int maxMessage;
    private Form form = Form.BINARY;
    private @Nullable ByteBuf begun;

    Fragments(ByteBufAllocator alloc, int maxMessage) {
        this.alloc = alloc;
        this.maxMessage = maxMessage;
    }

    /** A whole message if this frame completes one; its content then belongs to the caller. */
    @Nullable Incoming add(WebSocketFrame frame) throws BadMessage {
        if (frame.rsv() != 0) {
            throw new BadMessage("A frame has reserved bits that nothing was agreed about");
        }
        ByteBuf content = frame.content();
        ByteBuf sofar = begun;
        check(content.readableBytes() + (sofar == null ? 0L : sofar.readableBytes()));
        if (sofar != null) {
            sofar.writeBytes(content);
        } else {
            form = frame instanceof TextWebSocketFrame ? Form.TEXT : Form.BINARY;
            if (frame.isFinalFragment()) {
                return new Incoming(form, content.nioBufferCount() == 1 ? content.retain() : copy(content));
            }
            sofar = copy(content);
            begun = sofar;
        }
        if (!frame.isFinalFragment()) {
            return null;
        }
        begun = null;
        return new Incoming(form, sofar);
    }

    void release() {
        if (begun != null) {
            begun.release();
            begun = null;
        }
    }

    private ByteBuf copy(ByteBuf content) {
        return alloc.buffer(content.readableBytes()).writeBytes(content);
    }

    private void check(long bytes) throws BadMessage {
        if (bytes > maxMessage) {
            throw BadMessage.tooLong(maxMessage);
        }
    }
}
