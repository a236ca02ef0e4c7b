package io.weir.http.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.weir.core.wire.StraightReads;
import org.jspecify.annotations.Nullable;

/**
 * Takes long binary messages of one frame past Netty's decoder, which would copy each of them two or three times: they get a
 * buffer of their length, into which the socket reads. It knows where each frame begins; all that is short, fragmented, or
 * wrong goes to the decoder as it came, and only that one judges.
 */
final class LongFrames extends ChannelInboundHandlerAdapter implements StraightReads.Frames {

    /** From here on it is worth while to save copies by one more call of the system. */
    private static final int LONG_FRAME = 32 * 1024;

    private static final int LONGEST_HEADER = 10;
    private static final int BINARY_AND_LAST = 0x82;
    private static final int CLOSE = 8;
    private static final int INCOMPLETE = -1;

    private final int maxFrame;
    /** The message that is being read; its capacity is its length. */
    private @Nullable ByteBuf message;
    /** The beginning of a header whose rest has not come. */
    private @Nullable ByteBuf header;
    /** How many bytes of the frame that the decoder gets are still to come. */
    private long toPass;

    private boolean fragmented;
    private boolean passesAll;
    private boolean amongLongOnes;

    LongFrames(int maxFrame) {
        this.maxFrame = maxFrame;
    }

    @Override
    public @Nullable ByteBuf room() {
        return message == null ? null : message.retain();
    }

    @Override
    public boolean isAmongLongOnes() {
        return amongLongOnes;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very buffer that was lent, not another one with the same bytes
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        if (passesAll || !(read instanceof ByteBuf in)) {
            ctx.fireChannelRead(read);
        } else if (in == message) {
            in.release();
            handOnIfWhole(ctx, in);
        } else {
            split(ctx, in);
        }
    }

    private void split(ChannelHandlerContext ctx, ByteBuf in) {
        try {
            if (header != null) {
                completeHeader(ctx, header, in);
            }
            while (in.isReadable() && !passesAll) {
                if (message != null) {
                    message.writeBytes(in, Math.min(in.readableBytes(), message.writableBytes()));
                    handOnIfWhole(ctx, message);
                } else {
                    pass(ctx, in);
                }
            }
            if (in.isReadable()) {
                ctx.fireChannelRead(in.readRetainedSlice(in.readableBytes()));
            }
        } finally {
            in.release();
        }
    }

    /** Hands on all up to the next long message. */
    private void pass(ChannelHandlerContext ctx, ByteBuf in) {
        int begin = in.readerIndex();
        int end = in.writerIndex();
        int at = begin;
        int headerBytes = 0;
        long skipped = Math.min(toPass, end - at);
        at += (int) skipped;
        toPass -= skipped;
        boolean isLong = false;
        while (at < end && !isLong && !passesAll) {
            headerBytes = headerBytes(in, at, end);
            if (headerBytes == INCOMPLETE) {
                break;
            }
            isLong = begins(in, at, headerBytes);
            if (!isLong) {
                long whole = headerBytes + toPass;
                skipped = Math.min(whole, end - at);
                at += (int) skipped;
                toPass = whole - skipped;
            }
        }
        if (passesAll) {
            at = end;
        }
        if (at > begin) {
            amongLongOnes = false;
            ctx.fireChannelRead(in.readRetainedSlice(at - begin));
        }
        if (isLong) {
            start(ctx, in.skipBytes(headerBytes), length(in, at));
        } else if (at < end) {
            header = ctx.alloc().buffer(LONGEST_HEADER, LONGEST_HEADER).writeBytes(in);
        }
    }

    private void completeHeader(ChannelHandlerContext ctx, ByteBuf begun, ByteBuf in) {
        int headerBytes = headerBytes(begun, 0, begun.writerIndex());
        while (headerBytes == INCOMPLETE && in.isReadable()) {
            begun.writeByte(in.readByte());
            headerBytes = headerBytes(begun, 0, begun.writerIndex());
        }
        if (headerBytes == INCOMPLETE) {
            return;
        }
        header = null;
        if (begins(begun, 0, headerBytes)) {
            long length = length(begun, 0);
            begun.release();
            start(ctx, in, length);
        } else {
            amongLongOnes = false;
            ctx.fireChannelRead(begun);
        }
    }

    private static int headerBytes(ByteBuf in, int at, int end) {
        if (end - at < 2) {
            return INCOMPLETE;
        }
        int code = in.getByte(at + 1) & 0x7f;
        int bytes = code == 127 ? LONGEST_HEADER : code == 126 ? 4 : 2;
        return bytes > end - at ? INCOMPLETE : bytes;
    }

    private static long length(ByteBuf in, int at) {
        int code = in.getByte(at + 1) & 0x7f;
        return code == 127 ? in.getLong(at + 2) : code == 126 ? in.getUnsignedShort(at + 2) : code;
    }

    /** Whether the frame is one of ours; if not, its payload is to be passed. */
    private boolean begins(ByteBuf in, int at, int headerBytes) {
        int first = in.getByte(at) & 0xff;
        long length = length(in, at);
        boolean minimal = headerBytes == 2 || length >= (headerBytes == 4 ? 126 : 65_536);
        if (in.getByte(at + 1) < 0 || !minimal || length > maxFrame || (first & 0xf) == CLOSE) {
            // Nothing that follows concerns us: either it is wrong, or it is the end.
            passesAll = true;
            return false;
        }
        if (first == BINARY_AND_LAST && !fragmented && length >= LONG_FRAME) {
            return true;
        }
        if ((first & 0xf) < CLOSE) {
            fragmented = (first & 0x80) == 0;
        }
        toPass = length;
        return false;
    }

    private void start(ChannelHandlerContext ctx, ByteBuf in, long length) {
        int bytes = (int) length;
        ByteBuf begun = ctx.alloc().ioBuffer(bytes, bytes);
        message = begun.writeBytes(in, Math.min(in.readableBytes(), bytes));
        handOnIfWhole(ctx, begun);
    }

    private void handOnIfWhole(ChannelHandlerContext ctx, ByteBuf whole) {
        if (!whole.isWritable()) {
            message = null;
            amongLongOnes = true;
            ctx.fireChannelRead(new BinaryWebSocketFrame(whole));
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        passesAll = true;
        if (message != null) {
            message.release();
            message = null;
        }
        if (header != null) {
            header.release();
            header = null;
        }
    }
}
