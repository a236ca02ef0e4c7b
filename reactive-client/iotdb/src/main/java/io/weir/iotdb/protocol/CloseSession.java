package io.weir.iotdb.protocol;

/** Logs out. */
public record CloseSession(long sessionId) implements Request<Status> {

    @Override
    public String method() {
        return "closeSession";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.endStruct();
    }

    @Override
    public Status readValue(ThriftInput in) {
        return Status.read(in);
    }
}
