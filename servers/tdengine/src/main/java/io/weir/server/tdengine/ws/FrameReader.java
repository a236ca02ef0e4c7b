package io.weir.server.tdengine.ws;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads a client's frames and puts fragments together. */
final class FrameReader {

    private static final int LONG = 16 << 20;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int LONGEST_CONTROL = 125;

    private final DataInputStream in;
    private final boolean deflate;
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private int openOpcode;
    private boolean openCompressed;

    FrameReader(DataInputStream in, boolean deflate) {
        this.in = in;
        this.deflate = deflate;
    }

    /** The next control frame, or the next whole message. */
    Frame next() throws IOException {
        while (true) {
            Frame frame = frame();
            if (frame.isControl()) {
                return frame;
            }
            if (frame.opcode() != Frame.CONTINUATION) {
                if (openOpcode != 0) {
                    throw new ProtocolViolation("data before FIN");
                }
                openOpcode = frame.opcode();
                openCompressed = frame.compressed();
            } else if (openOpcode == 0) {
                throw new ProtocolViolation("continuation after FIN");
            }
            if (!frame.last() || parts.size() > 0) {
                parts.write(frame.payload());
            }
            if (frame.last()) {
                // Most messages are one frame, and are not copied.
                byte[] payload = parts.size() > 0 ? parts.toByteArray() : frame.payload();
                Frame whole =
                        new Frame(openOpcode, true, openCompressed, openCompressed ? Deflate.expand(payload) : payload);
                parts.reset();
                openOpcode = 0;
                return whole;
            }
        }
    }

    private Frame frame() throws IOException {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        int opcode = first & 0x0f;
        boolean compressed = (first & 0x40) != 0;
        for (int bit = 1; bit <= 3; bit++) {
            if ((first & 0x80 >> bit) != 0 && !(bit == 1 && deflate)) {
                throw new ProtocolViolation("RSV" + bit + " set");
            }
        }
        if (opcode > Frame.BINARY && (opcode < Frame.CLOSE || opcode > Frame.PONG)) {
            throw new ProtocolViolation("bad opcode " + opcode);
        }
        if ((second & 0x80) == 0) {
            throw new ProtocolViolation("bad MASK");
        }
        if (opcode >= Frame.CLOSE && (second & 0x7f) > LONGEST_CONTROL) {
            throw new ProtocolViolation("len > 125 for control");
        } else if (opcode >= Frame.CLOSE && (first & 0x80) == 0) {
            throw new ProtocolViolation("FIN not set on control");
        }
        int length = length(second & 0x7f);
        int mask = in.readInt();
        byte[] payload = exactly(length);
        unmask(payload, mask);
        return new Frame(opcode, (first & 0x80) != 0, compressed, payload);
    }

    private int length(int small) throws IOException {
        if (small == 126) {
            return in.readUnsignedShort();
        }
        return small == 127 ? Math.toIntExact(in.readLong()) : small;
    }

    private byte[] exactly(int count) throws IOException {
        if (count <= LONG) {
            byte[] bytes = new byte[count];
            in.readFully(bytes);
            return bytes;
        }
        // So much memory only for what has come.
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    private static void unmask(byte[] payload, int mask) {
        long twice = ((long) mask << Integer.SIZE) | (mask & 0xffff_ffffL);
        int i = 0;
        for (; i < payload.length - 7; i += Long.BYTES) {
            LONGS.set(payload, i, (long) LONGS.get(payload, i) ^ twice);
        }
        for (; i < payload.length; i++) {
            payload[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
        }
    }
}
