package io.weir.iotdb;

import io.weir.core.Page;
import io.weir.iotdb.protocol.Command;
import io.weir.iotdb.protocol.CreateSeriesFromTemplate;
import io.weir.iotdb.protocol.CreateTemplate;
import io.weir.iotdb.protocol.DropTemplate;
import io.weir.iotdb.protocol.Paths;
import io.weir.iotdb.protocol.QueryTemplate;
import io.weir.iotdb.protocol.QueryTemplate.Kind;
import io.weir.iotdb.protocol.SetTemplate;
import io.weir.iotdb.protocol.UnsetTemplate;
import io.weir.iotdb.session.Question;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.SeriesType;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Templates of devices in the tree model: which series a device has, said once for many. */
public final class IotdbTemplates {

    private final Route route;

    IotdbTemplates(Route route) {
        this.route = route;
    }

    /**
     * Creates a template.
     *
     * @param series by the last parts of their paths; of each only type, encoding and compression count
     */
    public Mono<Void> create(String template, Map<String, SeriesType> series) {
        return command(session -> new CreateTemplate(session, template, series, false));
    }

    /** Creates a template of devices whose series share their times. */
    public Mono<Void> createAligned(String template, Map<String, SeriesType> series) {
        return command(session -> new CreateTemplate(session, template, series, true));
    }

    /** Sets a template on a path: devices there and below may have its series. */
    public Mono<Void> set(String template, String path) {
        return command(session -> new SetTemplate(session, template, path));
    }

    /** Takes a template from a path. Refused while series are made from it there. */
    public Mono<Void> unset(String template, String path) {
        return command(session -> new UnsetTemplate(session, template, path));
    }

    /** Deletes a template, which must be set nowhere. */
    public Mono<Void> drop(String template) {
        return command(session -> new DropTemplate(session, template));
    }

    /** Makes the series of devices by the templates that are set above them. */
    public Mono<Void> createSeries(List<String> devices) {
        return command(session -> new CreateSeriesFromTemplate(session, devices));
    }

    /**
     * Adds series to a template.
     *
     * @param series as in {@link #create}
     */
    public Mono<Void> add(String template, Map<String, SeriesType> series) {
        return sql("ALTER DEVICE TEMPLATE " + Paths.quoted(template) + " ADD ("
                + series.entrySet().stream()
                        .map(one -> definition(one.getKey(), one.getValue()))
                        .collect(Collectors.joining(", "))
                + ")");
    }

    private static String definition(String name, SeriesType type) {
        return Paths.quoted(name) + " " + type.type() + " ENCODING=" + type.encoding() + " COMPRESSION="
                + type.compression();
    }

    /**
     * Deletes the series that were made from a template, with their data.
     *
     * @param path of devices; it may hold wildcards
     * @throws IllegalArgumentException if it is no path
     */
    public Mono<Void> deactivate(String template, String path) {
        return sql("DEACTIVATE DEVICE TEMPLATE " + Paths.quoted(template) + " FROM " + Paths.checked(path));
    }

    /** The names of all templates. */
    public Mono<List<String>> names() {
        return query("", Kind.TEMPLATES);
    }

    /** The names of a template's series. */
    public Mono<List<String>> series(String template) {
        return query(template, Kind.SERIES);
    }

    /** The paths that a template is set on. */
    public Mono<List<String>> pathsSetOn(String template) {
        return query(template, Kind.SET_PATHS);
    }

    /** The devices that have series from a template. */
    public Mono<List<String>> pathsUsing(String template) {
        return query(template, Kind.USING_PATHS);
    }

    private Mono<List<String>> query(String template, Kind kind) {
        return route.call((session, deadline) -> session.ask(id -> new QueryTemplate(id, template, kind), deadline)
                .flatMap(answer -> answer.status().isSuccess()
                        ? Mono.just(answer.names())
                        : Mono.error(session.located(answer.status().toError()))));
    }

    private Mono<Void> sql(String statement) {
        return new IotdbRows(route.stream(
                        CallLimits.OPEN,
                        (session, limits) -> session.run(session.spec(Question.of(statement), limits))))
                .pages()
                .doOnNext(Page::close)
                .then();
    }

    private Mono<Void> command(LongFunction<Command> call) {
        return route.call((session, deadline) -> session.command(call, deadline));
    }
}
