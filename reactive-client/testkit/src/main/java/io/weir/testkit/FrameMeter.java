package io.weir.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Finds where the n-th frame of a stream ends, as soon as the stream has told. */
final class FrameMeter {

    private final FrameCutter cutter;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private int missing;
    private long end;
    private long seen;

    /** Looks for the end of so many frames, of which the first begins at this position. */
    FrameMeter(FrameCutter cutter, int frames, long position) {
        this.cutter = cutter;
        this.missing = frames;
        this.end = position;
        this.seen = position;
    }

    boolean isKnown() {
        return missing == 0;
    }

    long end() {
        return end;
    }

    /** Looks at bytes that begin at this position; those that it has seen before do not count again. */
    void see(long position, byte[] bytes, int from, int count) {
        int known = (int) (seen - position);
        if (isKnown() || known >= count) {
            return;
        }
        begun.write(bytes, from + known, count - known);
        seen = position + count;
        byte[] all = begun.toByteArray();
        int start = 0;
        while (missing > 0 && start < all.length) {
            int length = cutter.frameLength(ByteBuffer.wrap(all, start, all.length - start));
            boolean inside = length != FrameCutter.UNKNOWN && start + length > all.length;
            if (length == FrameCutter.UNKNOWN || (inside && missing > 1)) {
                break;
            }
            start += length;
            end += length;
            missing--;
        }
        begun.reset();
        if (start < all.length) {
            begun.write(all, start, all.length - start);
        }
    }
}
