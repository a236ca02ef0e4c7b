package io.weir.tdengine.protocol;

import io.weir.tdengine.type.ColumnBatch;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.TableBatch;
import io.weir.tdengine.type.TdengineType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads what a client binds, as a server does: the other half of what is tested. */
final class BindReader {

    private final ByteBuffer in;

    private BindReader(byte[] payload) {
        this.in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The tables of a bind's payload, filled by our own batches. */
    static List<TableBatch> read(byte[] payload) {
        return new BindReader(payload).tables();
    }

    private List<TableBatch> tables() {
        if (in.getInt(0) != in.capacity()) {
            throw new IllegalArgumentException("total length " + in.getInt(0) + " of " + in.capacity());
        }
        int count = in.getInt(4);
        int tagCount = in.getInt(8);
        int columnCount = in.getInt(12);
        List<String> names = names(in.getInt(16), count);
        List<List<Column>> tags = columns(in.getInt(20), count, tagCount);
        List<List<Column>> columns = columns(in.getInt(24), count, columnCount);
        List<TableBatch> tables = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            tables.add(table(names.get(t), tags.get(t), columns.get(t)));
        }
        return tables;
    }

    private static TableBatch table(String name, List<Column> tags, List<Column> columns) {
        List<StatementField> fields = new ArrayList<>();
        tags.forEach(tag -> fields.add(StatementField.tag("tag", tag.type())));
        columns.forEach(column -> fields.add(StatementField.column("column", column.type())));
        TableBatch table = TableBatch.of(fields);
        if (name != null) {
            table.table(name);
        }
        if (!tags.isEmpty()) {
            table.tags(tags.stream().map(tag -> tag.values().get(0)).toArray());
        }
        for (int i = 0; i < columns.size(); i++) {
            ColumnBatch batch = table.column(i);
            columns.get(i).values().forEach(batch::add);
        }
        return table;
    }

    private List<String> names(int at, int count) {
        List<String> names = new ArrayList<>();
        int next = at + 2 * count;
        for (int t = 0; t < count; t++) {
            if (at == 0) {
                names.add(null);
            } else {
                int length = in.getShort(at + 2 * t);
                names.add(text(next, length - 1));
                next += length;
            }
        }
        return names;
    }

    private List<List<Column>> columns(int at, int tables, int count) {
        List<List<Column>> all = new ArrayList<>();
        int next = at + 4 * tables;
        for (int t = 0; t < tables; t++) {
            List<Column> columns = new ArrayList<>();
            int end = at == 0 ? next : next + in.getInt(at + 4 * t);
            while (at != 0 && next < end) {
                columns.add(column(next));
                next += in.getInt(next);
            }
            if (at != 0 && columns.size() != count) {
                throw new IllegalArgumentException(columns.size() + " columns of " + count);
            }
            all.add(columns);
        }
        return all;
    }

    record Column(TdengineType type, List<Object> values) {}

    private Column column(int at) {
        TdengineType type = TdengineType.ofCode(in.getInt(at + 4));
        int rows = in.getInt(at + 8);
        boolean lengthy = in.get(at + 12 + rows) == 1;
        int lengths = at + 13 + rows;
        int next = lengths + (lengthy ? 4 * rows : 0) + 4;
        int size = in.getInt(next - 4);
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            boolean isNull = in.get(at + 12 + row) == 1;
            int length = lengthy ? in.getInt(lengths + 4 * row) : size == 0 ? 0 : size / rows;
            values.add(isNull ? null : value(type, next, length));
            next += length;
        }
        return new Column(type, values);
    }

    private Object value(TdengineType type, int at, int length) {
        return switch (type) {
            case BOOL -> in.get(at) != 0;
            case TINYINT -> in.get(at);
            case SMALLINT -> in.getShort(at);
            case INT -> in.getInt(at);
            case BIGINT, TIMESTAMP -> in.getLong(at);
            case TINYINT_UNSIGNED -> in.get(at) & 0xff;
            case SMALLINT_UNSIGNED -> in.getShort(at) & 0xffff;
            case INT_UNSIGNED -> in.getInt(at) & 0xffff_ffffL;
            case BIGINT_UNSIGNED -> new BigInteger(Long.toUnsignedString(in.getLong(at)));
            case FLOAT -> in.getFloat(at);
            case DOUBLE -> in.getDouble(at);
            case VARCHAR, NCHAR, JSON -> text(at, length);
            case DECIMAL, DECIMAL64 -> new BigDecimal(text(at, length));
            case VARBINARY, BLOB, GEOMETRY -> bytes(at, length);
            case NULL -> null;
        };
    }

    private String text(int at, int length) {
        return new String(bytes(at, length), StandardCharsets.UTF_8);
    }

    private byte[] bytes(int at, int length) {
        byte[] bytes = new byte[length];
        in.get(at, bytes);
        return bytes;
    }
}
