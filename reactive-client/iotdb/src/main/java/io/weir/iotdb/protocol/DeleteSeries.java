package io.weir.iotdb.protocol;

import java.util.List;

/** Deletes time series with their data. Paths may hold wildcards. */
public record DeleteSeries(long sessionId, List<String> paths) implements Command {

    @Override
    public String method() {
        return "deleteTimeseries";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.i64(1, sessionId);
        out.stringList(2, paths);
    }
}
