package io.weir.iotdb.protocol;

import io.weir.iotdb.type.Aggregation;
import io.weir.iotdb.type.TimeWindows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures over series.
 *
 * @param windows the time that they are taken over; null for all time
 */
public record AggregationQuery(
        QueryHead head,
        List<Aggregation.OfSeries> figures,
        @Nullable TimeWindows windows) implements Request<Executed> {

    @Override
    public String method() {
        return "executeAggregationQueryV2";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, head.sessionId());
        out.i64(2, head.statementId());
        out.stringList(3, figures.stream().map(Aggregation.OfSeries::path).toList());
        out.i32List(4, figures.stream().map(figure -> figure.function().code()).toList());
        if (windows != null) {
            out.i64(5, windows.start());
            out.i64(6, windows.end());
            if (windows.interval() > 0) {
                out.i64(7, windows.interval());
            }
            if (windows.step() > 0) {
                out.i64(8, windows.step());
            }
        }
        out.i32(9, head.fetchSize());
        out.i64(10, head.timeoutMillis());
        out.endStruct();
    }

    @Override
    public Executed readValue(ThriftInput in) {
        return Executed.read(in);
    }
}
