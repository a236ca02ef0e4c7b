package io.weir.iotdb.protocol;

import java.util.List;

/** Deletes databases of the tree model, with all that is in them. */
public record DeleteDatabases(long sessionId, List<String> names) implements Command {

    @Override
    public String method() {
        return "deleteStorageGroups";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.i64(1, sessionId);
        out.stringList(2, names);
    }
}
