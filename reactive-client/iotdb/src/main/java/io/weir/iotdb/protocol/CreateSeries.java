package io.weir.iotdb.protocol;

import io.weir.iotdb.type.SeriesType;
import java.util.List;

/**
 * Creates series that do not share their times.
 *
 * @param types one for each path
 */
public record CreateSeries(long sessionId, List<String> paths, List<SeriesType> types) implements Command {

    @Override
    public String method() {
        return "createMultiTimeseries";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.stringList(2, paths);
        SeriesFields series = new SeriesFields(types);
        out.i32List(3, series.types());
        out.i32List(4, series.encodings());
        out.i32List(5, series.compressions());
        out.stringMapList(6, series.properties());
        out.stringMapList(7, series.tags());
        out.stringMapList(8, series.attributes());
        series.writeAliases(out, 9);
        out.endStruct();
    }
}
