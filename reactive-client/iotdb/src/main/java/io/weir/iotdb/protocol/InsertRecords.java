package io.weir.iotdb.protocol;

import java.util.List;

/**
 * Writes rows of devices, all aligned or none.
 *
 * @param form which of the server's six calls for rows to use
 */
public record InsertRecords(long sessionId, Form form, List<RowBytes> rows) implements Request<Status> {

    /** The calls that there are for rows. */
    public enum Form {
        ONE("insertRecord", false),
        MANY("insertRecords", false),
        ONE_DEVICE("insertRecordsOfOneDevice", false),
        ONE_TEXT("insertStringRecord", true),
        MANY_TEXTS("insertStringRecords", true),
        ONE_DEVICE_TEXTS("insertStringRecordsOfOneDevice", true);

        private final String method;
        private final boolean texts;

        Form(String method, boolean texts) {
            this.method = method;
            this.texts = texts;
        }

        /** Whether the server finds out the types of the values, which are all texts. */
        public boolean texts() {
            return texts;
        }

        private boolean single() {
            return this == ONE || this == ONE_TEXT;
        }

        private boolean oneDevice() {
            return this != MANY && this != MANY_TEXTS;
        }
    }

    @Override
    public String method() {
        return form.method;
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        if (form.oneDevice()) {
            out.string(2, rows.get(0).device());
        } else {
            out.list(2, ThriftType.STRING, rows.size());
            rows.forEach(row -> out.text(row.device()));
        }
        if (form.single()) {
            writeOne(out, rows.get(0));
        } else {
            writeMany(out);
        }
        out.bool(6, rows.get(0).aligned());
        out.endStruct();
    }

    private void writeOne(ThriftOutput out, RowBytes row) {
        out.list(3, ThriftType.STRING, row.cells().size());
        row.writeNames(out);
        if (form.texts) {
            out.list(4, ThriftType.STRING, row.cells().size());
            row.writeTexts(out);
        } else {
            row.writeValues(out.binary(4, row.valuesLength()));
        }
        out.i64(5, row.time());
    }

    private void writeMany(ThriftOutput out) {
        out.list(3, ThriftType.LIST, rows.size());
        for (RowBytes row : rows) {
            out.list(ThriftType.STRING, row.cells().size());
            row.writeNames(out);
        }
        if (form.texts) {
            out.list(4, ThriftType.LIST, rows.size());
            for (RowBytes row : rows) {
                out.list(ThriftType.STRING, row.cells().size());
                row.writeTexts(out);
            }
        } else {
            out.list(4, ThriftType.STRING, rows.size());
            rows.forEach(row -> row.writeValues(out.binary(row.valuesLength())));
        }
        out.list(5, ThriftType.I64, rows.size());
        rows.forEach(row -> out.i64(row.time()));
    }

    @Override
    public Status readValue(ThriftInput in) {
        return Status.read(in);
    }

    @Override
    public String toString() {
        return "InsertRecords[" + form.method + ", " + rows.size() + " rows]";
    }
}
