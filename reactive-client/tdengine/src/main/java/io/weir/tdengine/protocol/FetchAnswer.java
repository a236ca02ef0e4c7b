package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.core.WeirException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a fetch: a block of rows, the end of the result, or an error, which ends it as well.
 *
 * @param requestId of the fetch
 * @param resultId of the result
 * @param finished whether nothing more comes
 * @param block a view of the message it came in, without a hold of its own; null at the end
 */
public record FetchAnswer(
        long requestId,
        int code,
        String message,
        long resultId,
        boolean finished,
        @Nullable ByteBuf block) {

    /** What the first eight bytes of every newer binary answer are. */
    private static final long NEW_FORM = -1;

    private static final int REQUEST_ID_AT = 26;
    private static final int SHORTEST = 51;

    /** Whether a binary message is such an answer; nothing is read. */
    public static boolean isOne(ByteBuf frame) {
        int at = frame.readerIndex();
        return frame.readableBytes() >= SHORTEST
                && frame.getLongLE(at) == NEW_FORM
                && frame.getLongLE(at + 8) == BinaryRequests.FETCH;
    }

    /** The request that such an answer belongs to; nothing is read. */
    public static long requestId(ByteBuf frame) {
        return frame.getLongLE(frame.readerIndex() + REQUEST_ID_AT);
    }

    /**
     * Reads the whole message.
     *
     * @throws WeirException of kind PROTOCOL if it is none
     */
    public static FetchAnswer read(ByteBuf frame) {
        int size = frame.readableBytes();
        if (!isOne(frame)) {
            throw Malformed.error("A binary message of " + size + " bytes is no answer to a fetch");
        }
        frame.skipBytes(16);
        int version = frame.readUnsignedShortLE();
        if (version != 1) {
            throw Malformed.error("An answer to a fetch is of version " + version + ", known is 1");
        }
        frame.skipBytes(8);
        long requestId = frame.readLongLE();
        int code = frame.readIntLE();
        long length = frame.readUnsignedIntLE();
        if (length > frame.readableBytes() - 9) {
            throw Malformed.error("An answer of " + size + " bytes is said to hold a message of " + length);
        }
        String message =
                frame.readCharSequence((int) length, StandardCharsets.UTF_8).toString();
        long resultId = frame.readLongLE();
        boolean finished = frame.readByte() != 0;
        ByteBuf block = finished || code != 0 ? null : block(frame, size);
        return new FetchAnswer(requestId, code, message, resultId, block == null, block);
    }

    private static ByteBuf block(ByteBuf frame, int size) {
        int left = frame.readableBytes() - Integer.BYTES;
        int length = left < 0 ? -1 : frame.readIntLE();
        if (length <= 0 || length > left) {
            throw Malformed.error(
                    "An answer of " + size + " bytes is said to hold a block of " + length + ", there are " + left);
        }
        return frame.readSlice(length);
    }

    /** The server's refusal; null if it is none. */
    public @Nullable WeirException error() {
        return code == 0 ? null : ErrorCodes.error(code, message);
    }
}
