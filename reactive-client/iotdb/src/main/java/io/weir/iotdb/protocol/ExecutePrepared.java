package io.weir.iotdb.protocol;

/** Runs a statement that was prepared, and brings the first rows, if it has some. */
public record ExecutePrepared(QueryHead head, String name, ParameterValues values) implements Request<Executed> {

    @Override
    public String method() {
        return "executePreparedStatement";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, head.sessionId());
        out.string(2, name);
        values.write(out.binary(3, values.length()));
        out.i32(4, head.fetchSize());
        out.i64(5, head.timeoutMillis());
        out.i64(6, head.statementId());
        out.endStruct();
    }

    @Override
    public Executed readValue(ThriftInput in) {
        return Executed.read(in);
    }

    /** Without the values. */
    @Override
    public String toString() {
        return "prepared " + name + " with " + values;
    }
}
