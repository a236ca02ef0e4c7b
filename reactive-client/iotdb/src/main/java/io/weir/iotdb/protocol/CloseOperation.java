package io.weir.iotdb.protocol;

/** Ends a query and frees what the server holds for it. */
public record CloseOperation(long sessionId, long statementId, long queryId) implements Request<Status> {

    @Override
    public String method() {
        return "closeOperation";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.i64(2, queryId);
        out.i64(3, statementId);
        out.endStruct();
    }

    @Override
    public Status readValue(ThriftInput in) {
        return Status.read(in);
    }
}
