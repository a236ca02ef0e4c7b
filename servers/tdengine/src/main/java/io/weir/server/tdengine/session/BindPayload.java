package io.weir.server.tdengine.session;

import io.weir.server.tdengine.sql.BoundColumn;
import io.weir.server.tdengine.sql.BoundTable;
import io.weir.server.tdengine.sql.TaosError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The payload of stmt2_bind: table names, tags and columns of some tables. Checked as the adapter checks it. */
final class BindPayload {

    private static final int HEAD = 28;

    private final ByteBuffer in;
    private final int tables;
    private final int tags;
    private final int columns;
    private final int nameOffset;
    private final int tagOffset;
    private final int columnOffset;

    private BindPayload(ByteBuffer payload) {
        in = payload.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < HEAD) {
            throw TaosError.adapter("data length is less than 28");
        }
        int total = in.getInt();
        if (total != in.capacity()) {
            throw TaosError.adapter(
                    "total length not match, expect " + Integer.toUnsignedString(total) + ", but get " + in.capacity());
        }
        tables = in.getInt();
        tags = in.getInt();
        columns = in.getInt();
        nameOffset = in.getInt();
        tagOffset = in.getInt();
        columnOffset = in.getInt();
        if (tables <= 0) {
            throw TaosError.adapter("table count is 0");
        }
    }

    static List<BoundTable> read(ByteBuffer payload) {
        return new BindPayload(payload).tables();
    }

    private List<BoundTable> tables() {
        List<String> names = nameOffset == 0 ? null : names();
        List<List<BoundColumn>> allTags = tagOffset == 0 ? null : section(tagOffset, tags);
        List<List<BoundColumn>> allColumns = columnOffset == 0 ? null : section(columnOffset, columns);
        List<BoundTable> bound = new ArrayList<>();
        for (int t = 0; t < tables; t++) {
            bound.add(new BoundTable(
                    names == null ? "" : names.get(t),
                    allTags == null ? List.of() : allTags.get(t),
                    allColumns == null ? List.of() : allColumns.get(t)));
        }
        return bound;
    }

    private List<String> names() {
        seek(nameOffset, tables * Short.BYTES, "table names");
        int[] lengths = new int[tables];
        for (int t = 0; t < tables; t++) {
            lengths[t] = in.getShort() & 0xffff;
        }
        List<String> names = new ArrayList<>();
        for (int length : lengths) {
            if (length < 1 || length > in.remaining() || in.get(in.position() + length - 1) != 0) {
                throw TaosError.adapter("table name is not terminated, or longer than the data");
            }
            byte[] name = new byte[length - 1];
            in.get(name).get();
            names.add(new String(name, StandardCharsets.UTF_8));
        }
        return names;
    }

    private List<List<BoundColumn>> section(int offset, int fields) {
        seek(offset, tables * Integer.BYTES, "lengths");
        int[] lengths = new int[tables];
        for (int t = 0; t < tables; t++) {
            lengths[t] = in.getInt();
        }
        List<List<BoundColumn>> all = new ArrayList<>();
        for (int t = 0; t < tables; t++) {
            int end = in.position() + lengths[t];
            List<BoundColumn> bound = new ArrayList<>();
            for (int f = 0; f < fields; f++) {
                int table = t;
                int field = f;
                bound.add(BindColumn.read(
                        in,
                        () -> TaosError.adapter(
                                "bind data length error, tableIndex: " + table + ", fieldIndex: " + field)));
            }
            if (in.position() != end) {
                throw TaosError.adapter("bind data length error, tableIndex: " + t + ", fieldIndex: " + fields);
            }
            all.add(bound);
        }
        return all;
    }

    private void seek(int offset, int needed, String what) {
        if (offset < HEAD || offset > in.capacity() - needed) {
            throw TaosError.adapter("offset of " + what + " out of range: " + Integer.toUnsignedString(offset));
        }
        in.position(offset);
    }
}
