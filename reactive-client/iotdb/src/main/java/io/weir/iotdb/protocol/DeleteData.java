package io.weir.iotdb.protocol;

import java.util.List;

/**
 * Deletes data and leaves the series.
 *
 * @param first the first moment that goes
 * @param last the last moment that goes
 */
public record DeleteData(long sessionId, List<String> paths, long first, long last) implements Command {

    @Override
    public String method() {
        return "deleteData";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.stringList(2, paths);
        out.i64(3, first);
        out.i64(4, last);
        out.endStruct();
    }
}
