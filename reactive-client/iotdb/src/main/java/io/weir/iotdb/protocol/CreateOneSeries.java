package io.weir.iotdb.protocol;

import io.weir.iotdb.type.SeriesType;

/** Creates one series. */
public record CreateOneSeries(long sessionId, String path, SeriesType type) implements Command {

    @Override
    public String method() {
        return "createTimeseries";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, path);
        out.i32(3, type.type().code());
        out.i32(4, type.encoding().code());
        out.i32(5, type.compression().code());
        out.stringMap(6, type.properties());
        out.stringMap(7, type.tags());
        out.stringMap(8, type.attributes());
        if (type.alias() != null) {
            out.string(9, type.alias());
        }
        out.endStruct();
    }
}
