package io.weir.iotdb.protocol;

import io.weir.iotdb.type.SeriesType;
import java.util.List;

/**
 * Creates the series of one device, which share their times.
 *
 * @param names the last parts of their paths
 * @param types one for each name; the server takes no properties here
 */
public record CreateAlignedSeries(long sessionId, String device, List<String> names, List<SeriesType> types)
        implements Command {

    @Override
    public String method() {
        return "createAlignedTimeseries";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, device);
        out.stringList(3, names);
        SeriesFields series = new SeriesFields(types);
        out.i32List(4, series.types());
        out.i32List(5, series.encodings());
        out.i32List(6, series.compressions());
        series.writeAliases(out, 7);
        out.stringMapList(8, series.tags());
        out.stringMapList(9, series.attributes());
        out.endStruct();
    }
}
