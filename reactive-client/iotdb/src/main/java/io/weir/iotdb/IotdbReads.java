package io.weir.iotdb;

import io.weir.iotdb.protocol.AggregationQuery;
import io.weir.iotdb.protocol.LastDataOfDevice;
import io.weir.iotdb.protocol.LastDataOfPrefix;
import io.weir.iotdb.protocol.LastDataQuery;
import io.weir.iotdb.protocol.RawDataQuery;
import io.weir.iotdb.session.Question;
import io.weir.iotdb.type.Aggregation;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.TimeWindows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tree model's queries that need no SQL: the server has nothing to parse. Paths may hold {@code *} and {@code **};
 * times are counts of steps in the server's precision, see {@link io.weir.core.TimePrecision#toCount}.
 *
 * <pre>{@code
 * client.reads().raw(List.of("root.plant.line1.*"), from, to).map(row -> row.getDouble(1))
 * client.reads().with(CallLimits.within(Duration.ofSeconds(2))).last(List.of("root.plant.**"), 0).pages()
 * }</pre>
 */
public final class IotdbReads {

    private final Route route;
    private final CallLimits limits;

    IotdbReads(Route route) {
        this(route, CallLimits.OPEN);
    }

    private IotdbReads(Route route, CallLimits limits) {
        this.route = route;
        this.limits = limits;
    }

    /** The same queries with a time-out and a fetch size of their own. */
    public IotdbReads with(CallLimits own) {
        return new IotdbReads(route, own);
    }

    /**
     * The values of series: a column {@code Time}, then one for each series that a path stands for. The server plans for
     * every week of the range: one up to {@link Long#MAX_VALUE} may be refused for want of memory (status 719).
     *
     * @param start the first moment
     * @param end the first moment that is not wanted any more
     */
    public IotdbRows raw(List<String> paths, long start, long end) {
        return rows(head -> new RawDataQuery(head, paths, start, end));
    }

    /**
     * The newest value of each series: the columns {@code Time}, {@code Timeseries}, {@code Value} (a text whatever the
     * type), {@code DataType}.
     *
     * @param since series whose newest value is older are left out
     */
    public IotdbRows last(List<String> paths, long since) {
        return rows(head -> new LastDataQuery(head, paths, since));
    }

    /**
     * The newest values of one device, as {@link #last} shows them, out of the server's cache where it has them.
     *
     * @param database that the device is in
     * @param device the device's path; no wildcards
     * @param sensors the last parts of the paths of its series
     */
    public IotdbRows lastOfDevice(String database, String device, List<String> sensors) {
        return rows(head -> new LastDataOfDevice(head, database, device, sensors));
    }

    /**
     * The newest values of everything below a path, as {@link #last} shows them. IoTDB has it since 2.0.6; older servers
     * are reported as {@code UNSUPPORTED}: ask {@link #last} for the path with {@code .**} behind it.
     *
     * @param prefix the nodes of the path, such as {@code root}, {@code plant}
     */
    public IotdbRows lastBelow(List<String> prefix) {
        return rows(head -> new LastDataOfPrefix(head, prefix));
    }

    /** Figures over all time: one row, with a column for each. */
    public IotdbRows aggregate(List<Aggregation.OfSeries> figures) {
        return aggregated(figures, null);
    }

    /**
     * Figures over a range of time: one row. With an interval one row for each window, its beginning in the column
     * {@code Time}.
     */
    public IotdbRows aggregate(List<Aggregation.OfSeries> figures, TimeWindows windows) {
        return aggregated(figures, windows);
    }

    private IotdbRows aggregated(List<Aggregation.OfSeries> figures, @Nullable TimeWindows windows) {
        return rows(head -> new AggregationQuery(head, figures, windows));
    }

    private IotdbRows rows(Question question) {
        return new IotdbRows(route.stream(limits, (session, left) -> session.run(session.spec(question, left))));
    }
}
