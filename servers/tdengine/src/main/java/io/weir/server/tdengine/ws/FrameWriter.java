package io.weir.server.tdengine.ws;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Writes frames; the frames of a message stay together. */
final class FrameWriter {

    private static final int COPIED_WITH_HEAD = 1 << 14;

    private final OutputStream out;

    FrameWriter(OutputStream out) {
        this.out = out;
    }

    /** Cuts the payload into pieces of so many bytes, 0 for none. */
    synchronized void send(Frame frame, int piece) throws IOException {
        byte[] payload = frame.payload();
        int step = piece <= 0 ? Math.max(1, payload.length) : piece;
        int from = 0;
        do {
            int count = Math.min(step, payload.length - from);
            boolean last = from + count == payload.length;
            int opcode = from == 0 ? frame.opcode() : Frame.CONTINUATION;
            write(
                    opcode | (last ? 0x80 : 0) | (frame.compressed() && from == 0 ? 0x40 : 0),
                    payload,
                    from,
                    count,
                    count);
            from += count;
        } while (from < payload.length);
        out.flush();
    }

    /** Announces the whole and sends half. */
    synchronized void half(Frame frame) throws IOException {
        byte[] payload = frame.payload();
        write(frame.opcode() | 0x80, payload, 0, payload.length / 2, payload.length);
        out.flush();
    }

    private void write(int first, byte[] payload, int from, int count, int announced) throws IOException {
        byte[] head = head(first, announced);
        // The head never travels alone, and of a long payload only the beginning is copied.
        int together = Math.min(count, COPIED_WITH_HEAD);
        byte[] start = Arrays.copyOf(head, head.length + together);
        System.arraycopy(payload, from, start, head.length, together);
        out.write(start);
        if (together < count) {
            out.write(payload, from + together, count - together);
        }
    }

    private static byte[] head(int first, int length) {
        if (length < 126) {
            return new byte[] {(byte) first, (byte) length};
        } else if (length <= 0xffff) {
            return new byte[] {(byte) first, 126, (byte) (length >> 8), (byte) length};
        }
        return new byte[] {
            (byte) first,
            127,
            0,
            0,
            0,
            0,
            (byte) (length >> 24),
            (byte) (length >> 16),
            (byte) (length >> 8),
            (byte) length
        };
    }
}
