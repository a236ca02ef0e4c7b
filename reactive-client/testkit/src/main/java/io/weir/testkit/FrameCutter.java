package io.weir.testkit;

import java.nio.ByteBuffer;

/** Says where a frame of a protocol ends. All that testkit knows about a protocol. */
@FunctionalInterface
public interface FrameCutter {

    /** The answer while the bytes do not tell yet. */
    int UNKNOWN = -1;

    /**
     * The whole length of the frame that begins at the buffer's position, header included, or {@link #UNKNOWN} while too
     * little of it has come to tell. Must not change the buffer.
     */
    int frameLength(ByteBuffer bytes);

    /** Frames that begin with a big-endian int, which counts the bytes after it. */
    static FrameCutter intLengthPrefixed() {
        return bytes -> bytes.remaining() < Integer.BYTES
                ? UNKNOWN
                : Math.addExact(Integer.BYTES, bytes.getInt(bytes.position()));
    }

    /** The answer to the upgrade of an HTTP connection, and the frames of the WebSocket that it becomes. */
    static FrameCutter webSocket() {
        return WebSocketFrames::length;
    }
}
