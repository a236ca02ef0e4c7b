package io.weir.iotdb.protocol;

/** Asks for the number that every statement of a session carries; one serves any number of statements. */
public record RequestStatementId(long sessionId) implements Request<Long> {

    @Override
    public String method() {
        return "requestStatementId";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.i64(1, sessionId);
    }

    @Override
    public Long readValue(ThriftInput in) {
        return in.i64Field();
    }
}
