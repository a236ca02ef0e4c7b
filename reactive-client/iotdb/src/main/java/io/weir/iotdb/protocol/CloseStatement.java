package io.weir.iotdb.protocol;

/** Gives a statement id back, and ends whatever still runs under it. */
public record CloseStatement(long sessionId, long statementId) implements Request<Status> {

    @Override
    public String method() {
        return "closeOperation";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.i64(3, statementId);
        out.endStruct();
    }

    @Override
    public Status readValue(ThriftInput in) {
        return Status.read(in);
    }
}
