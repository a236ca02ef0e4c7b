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
                    "total length not match, expect " + in.capacity() + ", but get " + Integer.toUnsignedString(total));
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
        List<List<BoundColumn>> allTags = tagOffset == 0 ? null : section(tagOffset, tags, "tag");
        List<List<BoundColumn>> allColumns = columnOffset == 0 ? null : section(columnOffset, columns, "col");
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
        long end = end(nameOffset, Short.BYTES, "table name lengths", "tableNamesLengthEnd");
        int[] lengths = new int[tables];
        for (int t = 0; t < tables; t++) {
            lengths[t] = in.getShort() & 0xffff;
        }
        inRange(lengths, end, "table name", "table names", "tableNameTotalLength");
        List<String> names = new ArrayList<>();
        for (int length : lengths) {
            if (in.get(in.position() + length - 1) != 0) {
                throw TaosError.adapter("table name is not terminated");
            }
            byte[] name = new byte[length - 1];
            in.get(name).get();
            names.add(new String(name, StandardCharsets.UTF_8));
        }
        return names;
    }

    private List<List<BoundColumn>> section(int offset, int fields, String what) {
        if (fields == 0) {
            throw TaosError.adapter(what + " count is 0, but " + what + "s offset is not 0");
        }
        long end = end(offset, Integer.BYTES, what + "s", what + "End");
        int[] lengths = new int[tables];
        for (int t = 0; t < tables; t++) {
            lengths[t] = in.getInt();
        }
        inRange(lengths, end, what, what + "s", what + "sTotalLength");
        List<List<BoundColumn>> all = new ArrayList<>();
        for (int t = 0; t < tables; t++) {
            int tableEnd = in.position() + lengths[t];
            List<BoundColumn> bound = new ArrayList<>();
            for (int f = 0; f < fields; f++) {
                int table = t;
                int field = f;
                bound.add(BindColumn.read(
                        in,
                        () -> TaosError.adapter(
                                "bind data length error, tableIndex: " + table + ", fieldIndex: " + field)));
            }
            if (in.position() != tableEnd) {
                throw TaosError.adapter("bind data length error, tableIndex: " + t + ", fieldIndex: " + fields);
            }
            all.add(bound);
        }
        return all;
    }

    /** Goes to a section, behind whose lengths this place is. */
    private long end(int offset, int width, String what, String name) {
        long end = Integer.toUnsignedLong(offset) + (long) tables * width;
        if (end > in.capacity()) {
            throw outOfRange(what, name, end);
        } else if (offset < HEAD) {
            throw TaosError.adapter("offset of " + what + " is within the head: " + offset);
        }
        in.position(offset);
        return end;
    }

    private void inRange(int[] lengths, long from, String one, String all, String name) {
        long end = from;
        for (int t = 0; t < lengths.length; t++) {
            if (lengths[t] == 0) {
                throw TaosError.adapter(one + " length is 0, tableIndex: " + t);
            }
            end += Integer.toUnsignedLong(lengths[t]);
        }
        if (end > in.capacity()) {
            throw outOfRange(all, name, end);
        }
    }

    private TaosError outOfRange(String what, String name, long end) {
        return TaosError.adapter(
                what + " out of range, total length: " + in.capacity() + ", " + name + ": " + (int) end);
    }
}
