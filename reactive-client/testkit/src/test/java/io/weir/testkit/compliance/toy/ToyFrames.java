package io.weir.testkit.compliance.toy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The toy's wire format: an int for the length, then a body in the notation of {@link DataOutputStream}. */
final class ToyFrames {

    /** A null among values. */
    static final Object NULL = new Object();

    /** What a server answers: an error's kind and message, or a count, or rows of an open or finished cursor. */
    record Reply(
            String errorKind, String message, long count, List<String> columns, List<List<Object>> rows, int cursor) {

        boolean hasMore() {
            return cursor >= 0;
        }
    }

    private ToyFrames() {}

    static byte[] request(char verb, String text, String more, int number) {
        return bytes(out -> {
            out.writeByte(verb);
            out.writeUTF(text);
            out.writeUTF(more);
            out.writeInt(number);
        });
    }

    static byte[] reply(Reply reply) {
        return bytes(out -> {
            out.writeUTF(reply.errorKind);
            out.writeUTF(reply.message);
            out.writeLong(reply.count);
            out.writeInt(reply.cursor);
            out.writeInt(reply.columns.size());
            for (String column : reply.columns) {
                out.writeUTF(column);
            }
            out.writeInt(reply.rows.size());
            for (List<Object> row : reply.rows) {
                for (Object value : row) {
                    write(out, value);
                }
            }
        });
    }

    static Reply reply(byte[] body) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        String kind = in.readUTF();
        String message = in.readUTF();
        long count = in.readLong();
        int cursor = in.readInt();
        List<String> columns = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            columns.add(in.readUTF());
        }
        List<List<Object>> rows = new ArrayList<>();
        for (int n = in.readInt(); n > 0; n--) {
            List<Object> row = new ArrayList<>();
            for (int column = 0; column < columns.size(); column++) {
                row.add(read(in));
            }
            rows.add(row);
        }
        return new Reply(kind, message, count, columns, rows, cursor);
    }

    static byte[] read(DataInputStream in, int atMost) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > atMost) {
            throw new IOException("a frame of " + length + " bytes");
        }
        return in.readNBytes(length);
    }

    private static void write(DataOutputStream out, Object value) throws IOException {
        if (value == NULL) {
            out.writeByte('n');
        } else if (value instanceof Integer number) {
            out.writeByte('i');
            out.writeInt(number);
        } else if (value instanceof ByteBuffer bytes) {
            out.writeByte('b');
            byte[] copy = copy(bytes);
            out.writeInt(copy.length);
            out.write(copy);
        } else {
            out.writeByte('s');
            out.writeUTF((String) value);
        }
    }

    static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    private static Object read(DataInputStream in) throws IOException {
        return switch (in.readByte()) {
            case 'n' -> NULL;
            case 'i' -> in.readInt();
            case 'b' -> ByteBuffer.wrap(in.readNBytes(in.readInt()));
            default -> in.readUTF();
        };
    }

    private interface Body {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static byte[] bytes(Body body) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            body.writeTo(new DataOutputStream(bytes));
            return ByteBuffer.allocate(4 + bytes.size())
                    .putInt(bytes.size())
                    .put(bytes.toByteArray())
                    .array();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
