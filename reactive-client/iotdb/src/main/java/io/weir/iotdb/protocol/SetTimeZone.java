package io.weir.iotdb.protocol;

/** Changes the session's time zone. */
public record SetTimeZone(long sessionId, String zone) implements Request<Status> {

    @Override
    public String method() {
        return "setTimeZone";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, zone);
        out.endStruct();
    }

    @Override
    public Status readValue(ThriftInput in) {
        return Status.read(in);
    }
}
