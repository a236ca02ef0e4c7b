package io.weir.iotdb.protocol;

/** Creates a database of the tree model. */
public record CreateDatabase(long sessionId, String name) implements Command {

    @Override
    public String method() {
        return "setStorageGroup";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.i64(1, sessionId);
        out.string(2, name);
    }
}
