package io.weir.iotdb;

import io.weir.core.Page;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.iotdb.protocol.Command;
import io.weir.iotdb.protocol.CreateAlignedSeries;
import io.weir.iotdb.protocol.CreateDatabase;
import io.weir.iotdb.protocol.CreateOneSeries;
import io.weir.iotdb.protocol.CreateSeries;
import io.weir.iotdb.protocol.DeleteData;
import io.weir.iotdb.protocol.DeleteDatabases;
import io.weir.iotdb.protocol.DeleteSeries;
import io.weir.iotdb.protocol.Paths;
import io.weir.iotdb.session.Question;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.SeriesType;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Databases, time series and the deleting of data in the tree model; the table model does all of it in SQL. Where a call
 * is about several things and the server refuses some of them, the others are done, and the error names those that were
 * not.
 */
public final class IotdbSchema {

    private final Route route;

    IotdbSchema(Route route) {
        this.route = route;
    }

    /** Creates a database such as {@code root.plant}. */
    public Mono<Void> createDatabase(String name) {
        return command(session -> new CreateDatabase(session, name));
    }

    /** Deletes databases with all that is in them. Names may hold wildcards. */
    public Mono<Void> deleteDatabases(List<String> names) {
        return command(session -> new DeleteDatabases(session, names));
    }

    /** Creates one time series. */
    public Mono<Void> createSeries(String path, SeriesType type) {
        return command(session -> new CreateOneSeries(session, path, type));
    }

    /** Creates time series by their paths. They do not share their times, also those of one device. */
    public Mono<Void> createSeries(Map<String, SeriesType> types) {
        return inGroups(types, (paths, kinds) -> command(session -> new CreateSeries(session, paths, kinds)));
    }

    /**
     * Creates the series of a device, which share their times.
     *
     * @param device its path
     * @param types by the last parts of the series' paths; {@link SeriesType#properties} have no place here
     */
    public Mono<Void> createAlignedSeries(String device, Map<String, SeriesType> types) {
        if (types.values().stream().anyMatch(type -> !type.properties().isEmpty())) {
            throw new IllegalArgumentException(
                    "Aligned series take no properties, IoTDB has no place for them: use CREATE ALIGNED TIMESERIES");
        }
        return inGroups(
                types, (names, kinds) -> command(session -> new CreateAlignedSeries(session, device, names, kinds)));
    }

    /** Those with an alias in a call of their own: IoTDB takes one for each series of a call, or none at all. */
    private static Mono<Void> inGroups(
            Map<String, SeriesType> types, BiFunction<List<String>, List<SeriesType>, Mono<Void>> create) {
        Map<Boolean, List<String>> byAlias =
                types.keySet().stream().collect(Collectors.partitioningBy(name -> aliasOf(types.get(name)) != null));
        List<Mono<Void>> calls = Stream.of(byAlias.get(false), byAlias.get(true))
                .filter(names -> !names.isEmpty())
                .map(names -> create.apply(names, names.stream().map(types::get).toList()))
                .toList();
        return calls.size() < 2
                ? Flux.concat(calls).then()
                : Flux.concatDelayError(Flux.just(calls.get(0), calls.get(1).onErrorMap(IotdbSchema::ofTheSecond)))
                        .then();
    }

    /** Not sent, it still stands behind a call that was. */
    private static Throwable ofTheSecond(Throwable error) {
        return error instanceof WeirException known
                ? known.toBuilder()
                        .message("Of two calls (series with an alias need one of their own) the second has failed: "
                                + known.getMessage())
                        .sent(known.sent() == Sent.NO ? Sent.MAYBE : known.sent())
                        .build()
                : error;
    }

    private static @Nullable String aliasOf(@Nullable SeriesType type) {
        return type == null ? null : type.alias();
    }

    /** Deletes time series with their data. Paths may hold wildcards. */
    public Mono<Void> deleteSeries(List<String> paths) {
        return command(session -> new DeleteSeries(session, paths));
    }

    /**
     * Whether there is a time series of that path, or with wildcards one at least.
     *
     * @throws IllegalArgumentException if it is no path
     */
    public Mono<Boolean> exists(String path) {
        Question question = Question.of("SHOW TIMESERIES " + Paths.checked(path) + " LIMIT 1");
        return new IotdbRows(
                        route.stream(CallLimits.OPEN, (session, limits) -> session.run(session.spec(question, limits))))
                .pages()
                .reduce(false, (found, page) -> closed(page) > 0 || found);
    }

    private static int closed(Page page) {
        try (page) {
            return page.size();
        }
    }

    /**
     * Deletes data and leaves the series.
     *
     * @param paths of series; they may hold wildcards
     * @param first the first moment whose values go, in the server's precision
     * @param last the last one, which goes as well; {@link Long#MIN_VALUE} and {@link Long#MAX_VALUE} are all time
     */
    public Mono<Void> deleteData(List<String> paths, long first, long last) {
        return command(session -> new DeleteData(session, paths, first, last));
    }

    private Mono<Void> command(LongFunction<Command> call) {
        return route.call((session, deadline) -> session.command(call, deadline));
    }
}
