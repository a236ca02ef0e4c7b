package io.weir.iotdb.protocol;

/** Has the server forget a statement that it prepared. */
public record DropPrepared(long sessionId, String name) implements Command {

    @Override
    public String method() {
        return "deallocatePreparedStatement";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, name);
        out.endStruct();
    }
}
