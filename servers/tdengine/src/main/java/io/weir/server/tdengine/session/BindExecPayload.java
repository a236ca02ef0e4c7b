package io.weir.server.tdengine.session;

import io.weir.server.tdengine.sql.BoundColumn;
import io.weir.server.tdengine.sql.TaosError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The payload of stmt2_bind_exec: columns in the order of the fields. Checked as the adapter checks it. */
final class BindExecPayload {

    private static final int HEAD = 20;
    private static final int MOST_FIELDS = 4096;
    private static final int SMALLEST_COLUMN = 18;

    private BindExecPayload() {}

    static List<BoundColumn> read(ByteBuffer payload) {
        ByteBuffer in = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < HEAD) {
            throw TaosError.adapter("data length is less than " + HEAD);
        }
        int total = in.getInt();
        int rows = in.getInt();
        // The adapter does not look at the number of tables.
        in.getInt();
        int fields = in.getInt();
        int offset = in.getInt();
        if (total != in.capacity()) {
            throw TaosError.adapter(
                    "total length not match, expect " + in.capacity() + ", but get " + Integer.toUnsignedString(total));
        } else if (rows == 0) {
            throw TaosError.adapter("row count is 0");
        } else if (fields == 0) {
            throw TaosError.adapter("field count is 0");
        } else if (Integer.compareUnsigned(fields, MOST_FIELDS) > 0) {
            throw TaosError.adapter("field count exceeds maximum 4096: " + Integer.toUnsignedString(fields));
        } else if (offset < HEAD || offset > in.capacity()) {
            throw TaosError.adapter("field offset out of range, total length: " + total + ", field offset: "
                    + Integer.toUnsignedString(offset));
        }
        in.position(offset);
        List<BoundColumn> columns = new ArrayList<>();
        for (int f = 0; f < fields; f++) {
            int field = f;
            checkLength(in, f);
            BoundColumn column = BindColumn.read(in, () -> TaosError.adapter("column " + field + " data length error"));
            if (column.values().size() != rows) {
                throw TaosError.adapter("column " + f + " row count not match, got: "
                        + column.values().size() + ", expect: " + Integer.toUnsignedString(rows));
            }
            columns.add(column);
        }
        if (in.hasRemaining()) {
            throw TaosError.adapter("payload has trailing bytes");
        }
        return columns;
    }

    private static void checkLength(ByteBuffer in, int field) {
        if (in.remaining() < SMALLEST_COLUMN) {
            throw TaosError.adapter("column " + field + " header out of range");
        }
        int length = in.getInt(in.position());
        if (Integer.compareUnsigned(length, SMALLEST_COLUMN) < 0) {
            throw TaosError.adapter("column " + field + " length too short: " + length);
        } else if (Integer.compareUnsigned(length, in.remaining()) > 0) {
            throw TaosError.adapter("column " + field + " out of range, total length: " + in.capacity());
        }
    }
}
