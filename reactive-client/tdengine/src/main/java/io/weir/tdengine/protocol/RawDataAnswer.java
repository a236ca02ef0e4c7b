package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.weir.core.WeirException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the question for a message's rows.
 *
 * @param data a view of the message it came in, without a hold of its own; null in a refusal
 */
public record RawDataAnswer(
        int code, String message, long messageId, @Nullable ByteBuf data) {

    /** Under which action such answers are known: they are binary, and have a number for it. */
    public static final String ACTION = "fetch_raw_data";

    private static final long NEW_FORM = -1;
    private static final long NUMBER = 8;
    private static final int REQUEST_ID_AT = 26;
    private static final int SHORTEST = 50;

    /** Whether a binary message is such an answer; nothing is read. */
    public static boolean isOne(ByteBuf frame) {
        int at = frame.readerIndex();
        return frame.readableBytes() >= SHORTEST
                && frame.getLongLE(at) == NEW_FORM
                && frame.getLongLE(at + 8) == NUMBER;
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
    public static RawDataAnswer read(ByteBuf frame) {
        int size = frame.readableBytes();
        if (!isOne(frame)) {
            throw Malformed.error("A binary message of " + size + " bytes holds no rows of a subscription");
        }
        frame.skipBytes(16);
        int version = frame.readUnsignedShortLE();
        if (version != 1) {
            throw Malformed.error("Rows of a subscription come in version " + version + ", known is 1");
        }
        frame.skipBytes(16);
        int code = frame.readIntLE();
        long length = frame.readUnsignedIntLE();
        if (length > frame.readableBytes() - Long.BYTES) {
            throw Malformed.error("An answer of " + size + " bytes is said to hold a message of " + length);
        }
        String message =
                frame.readCharSequence((int) length, StandardCharsets.UTF_8).toString();
        long messageId = frame.readLongLE();
        return new RawDataAnswer(code, message, messageId, code != 0 ? null : data(frame, size));
    }

    private static ByteBuf data(ByteBuf frame, int size) {
        int left = frame.readableBytes() - Short.BYTES - Integer.BYTES;
        if (left < 0) {
            throw Malformed.error("An answer of " + size + " bytes ends in front of its rows");
        }
        frame.skipBytes(Short.BYTES);
        long length = frame.readUnsignedIntLE();
        if (length != left) {
            throw Malformed.error(
                    "An answer of " + size + " bytes is said to hold " + length + " bytes of rows, there are " + left);
        }
        return frame.readSlice((int) length);
    }

    /** The server's refusal; null if it is none. */
    public @Nullable WeirException error() {
        return code == 0 ? null : ErrorCodes.error(code, message);
    }
}
