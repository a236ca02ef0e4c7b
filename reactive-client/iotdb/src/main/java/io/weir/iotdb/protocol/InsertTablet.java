package io.weir.iotdb.protocol;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.type.TabletContent;
import java.util.List;

/** Writes rows of one device or one table. */
public final class InsertTablet implements Request<Status> {

    private final long sessionId;
    private final TabletBytes bytes;

    private InsertTablet(long sessionId, TabletBytes bytes) {
        this.sessionId = sessionId;
        this.bytes = bytes;
    }

    /** How long a request with the whole tablet would be, at most. */
    public static long frameLength(TabletContent content) {
        return new TabletBytes(content, 0, content.rows()).frameLength();
    }

    /**
     * One request for the tablet, or several if its frame would be too long.
     *
     * @param from the first row to write, counted as they travel
     * @throws WeirException if a single row is too long
     */
    public static List<InsertTablet> of(long sessionId, TabletContent content, int from, int mostFrameBytes) {
        List<TabletBytes> parts = TabletBytes.split(content, from, mostFrameBytes);
        for (TabletBytes part : parts) {
            if (part.frameLength() > mostFrameBytes) {
                throw WeirException.of(
                                ErrorKind.BAD_REQUEST,
                                "Row " + content.row(part.from()) + " of " + content.target() + " takes "
                                        + part.frameLength() + " bytes; a request has at most " + mostFrameBytes
                                        + " (the smaller one of the option maxRequestSize and the server's own limit)")
                        .system("iotdb")
                        .sent(WeirException.Sent.NO)
                        .build();
            }
        }
        return parts.stream().map(part -> new InsertTablet(sessionId, part)).toList();
    }

    /** The first row that it writes, counted as they travel. */
    public int firstRow() {
        return bytes.from();
    }

    public int rows() {
        return bytes.rows();
    }

    @Override
    public String method() {
        return "insertTablet";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        TabletContent content = bytes.content();
        int columns = content.columns();
        out.expect(bytes.frameLength());
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, content.target());
        out.list(3, ThriftType.STRING, columns);
        for (int i = 0; i < columns; i++) {
            out.text(content.columnName(i));
        }
        bytes.writeValues(out.binary(4, Math.toIntExact(bytes.valuesLength())));
        bytes.writeTimes(out.binary(5, bytes.timesLength()));
        out.list(6, ThriftType.I32, columns);
        for (int i = 0; i < columns; i++) {
            out.i32(content.type(i).code());
        }
        out.i32(7, bytes.rows());
        out.bool(8, content.isAligned());
        if (content.isTable()) {
            out.bool(9, true);
            out.list(10, ThriftType.I8, columns);
            for (int i = 0; i < columns; i++) {
                out.i8(content.category(i).code());
            }
        }
        out.endStruct();
    }

    @Override
    public Status readValue(ThriftInput in) {
        return Status.read(in);
    }

    @Override
    public String toString() {
        return "InsertTablet[rows " + bytes.from() + " to " + bytes.to() + " of " + bytes.content() + "]";
    }
}
