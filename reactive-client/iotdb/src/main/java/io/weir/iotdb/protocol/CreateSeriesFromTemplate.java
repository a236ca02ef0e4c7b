package io.weir.iotdb.protocol;

import java.util.List;

/** Makes the series of devices by the templates that are set above them. */
public record CreateSeriesFromTemplate(long sessionId, List<String> devices) implements Command {

    @Override
    public String method() {
        return "createTimeseriesUsingSchemaTemplate";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.stringList(2, devices);
        out.endStruct();
    }
}
