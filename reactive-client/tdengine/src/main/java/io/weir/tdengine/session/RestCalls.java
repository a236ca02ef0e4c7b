package io.weir.tdengine.session;

import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.core.wire.LossReport;
import io.weir.http.json.Call;
import io.weir.http.json.JsonCalls;
import io.weir.tdengine.protocol.RestAnswer;
import io.weir.tdengine.protocol.SqlText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Statements over HTTP, each by itself: nothing of one is left for the next. */
public final class RestCalls {

    private static final Logger QUERIES = LoggerFactory.getLogger("io.weir.query");
    private static final String PATH = "/rest/sql";

    private final JsonCalls calls;
    private final Endpoints endpoints;
    private final RestSettings settings;
    private final RequestIds ids = new RequestIds(ThreadLocalRandom.current().nextInt());
    private final Map<Endpoint, RowLimit> limits = new ConcurrentHashMap<>();

    public RestCalls(JsonCalls calls, Endpoints endpoints, RestSettings settings) {
        this.calls = calls;
        this.endpoints = endpoints;
        this.settings = settings;
    }

    /**
     * Runs a statement with every subscription. A refusal is a part in front of the end, but for a refused login, which is
     * an error.
     */
    public Flux<ResultPart> run(String sql) {
        return run(sql, settings.statementTimeout());
    }

    /**
     * The same with a limit of time of its own.
     *
     * @param limit zero means none
     */
    public Flux<ResultPart> run(String sql, Duration limit) {
        return Flux.defer(() -> {
            Flux<ResultPart> parts =
                    attempt(sql, endpoints.candidates(), 0).concatWith(Mono.just(ResultPart.End.INSTANCE));
            return limit.isZero() ? parts : parts.takeUntilOther(outOfTime(limit));
        });
    }

    /** A host that was not reached has not run the statement: the next one may. */
    private Flux<ResultPart> attempt(String sql, List<Endpoint> hosts, int index) {
        Endpoint host = hosts.get(index);
        return on(host, sql)
                .doOnComplete(() -> endpoints.backoff(host).succeeded())
                .onErrorResume(WeirException.class, error -> {
                    if (error.kind() == ErrorKind.CONNECT) {
                        endpoints.backoff(host).failed(error);
                    }
                    boolean next = error.kind() == ErrorKind.CONNECT && index + 1 < hosts.size();
                    return next ? attempt(sql, hosts, index + 1) : refused(error, host);
                });
    }

    private static Flux<ResultPart> refused(WeirException error, Endpoint host) {
        WeirException located = error.toBuilder().endpoint(host.toString()).build();
        boolean refusal =
                error.sent() == Sent.ANSWERED && error.kind() != ErrorKind.AUTH && error.kind() != ErrorKind.PROTOCOL;
        return refusal ? Flux.just(new ResultPart.Failure(located)) : Flux.error(located);
    }

    private Flux<ResultPart> on(Endpoint host, String sql) {
        return Flux.defer(() -> {
            if (QUERIES.isTraceEnabled()) {
                QUERIES.trace("[{}] {}", host, SqlText.mask(sql));
            }
            RestAnswer answer = new RestAnswer(sql, shownZone());
            return parts(host, sql, answer)
                    .doOnNext(part -> heard(host, part))
                    .concatWith(Mono.defer(() -> whole(host, sql, answer.rows())));
        });
    }

    private Flux<ResultPart> parts(Endpoint host, String sql, RestAnswer answer) {
        return calls.stream(Call.post(host, "query", path(), sql), () -> new RestReader(answer));
    }

    private void heard(Endpoint host, ResultPart part) {
        if (part instanceof Page page && page.size() > 0) {
            settings.events().rows("tdengine", host.toString(), page.size());
        }
    }

    // --- rows that are hidden -------------------------------------------------------------------------------------

    /** Empty if a result has all its rows, as far as can be known; else the part that says so. */
    private Mono<ResultPart> whole(Endpoint host, String sql, long rows) {
        RowLimit limit = limits.computeIfAbsent(host, any -> new RowLimit(settings.rowLimit()));
        if (limit.cuts(rows)) {
            return Mono.just(cut(host, rows));
        }
        boolean suspected = limit.suspects(rows) && !SqlText.limitsItselfTo(rows, sql) && SqlText.isSelect(sql);
        limit.saw(rows);
        return suspected ? lookFor(limit, host, sql, rows) : Mono.empty();
    }

    /**
     * A result as long as none before it may have been cut. If there are more rows now, then either they were hidden, or
     * they are new: asking again tells, for one that is not cut has got longer.
     */
    private Mono<ResultPart> lookFor(RowLimit limit, Endpoint host, String sql, long rows) {
        return count(host, sql)
                .flatMap(all -> all <= rows ? Mono.empty() : rowsOf(host, sql, rows))
                .<ResultPart>flatMap(again -> {
                    if (again > rows) {
                        limit.saw(again);
                        return Mono.empty();
                    }
                    limit.found(rows);
                    return Mono.just(cut(host, rows));
                })
                .onErrorResume(WeirException.class, error -> {
                    QUERIES.warn(
                            "[{}] Whether the server has hidden rows behind the {} that it gave could not be found out"
                                    + " (set option restRowLimit to end such questions): {}",
                            host,
                            rows,
                            error.getMessage());
                    return Mono.empty();
                });
    }

    private Mono<Long> count(Endpoint host, String sql) {
        String count = SqlText.countOf(sql);
        return parts(host, count, new RestAnswer(count, shownZone()))
                .ofType(Page.class)
                .filter(page -> page.size() == 1)
                .reduce(0L, (none, page) -> page.row(0).getLong(0));
    }

    /** How many rows come now; reading ends once there are more than before. */
    private Mono<Long> rowsOf(Endpoint host, String sql, long before) {
        return parts(host, sql, new RestAnswer(sql, shownZone()))
                .ofType(Page.class)
                .scan(0L, (sum, page) -> sum + page.size())
                .takeUntil(sum -> sum > before)
                .last();
    }

    private static ResultPart cut(Endpoint host, long rows) {
        return new ResultPart.Failure(WeirException.of(
                        ErrorKind.SERVER,
                        "The server has hidden rows of this result behind the first " + rows
                                + ": its adapter gives no more over REST (restfulRowLimit). Read the result over the"
                                + " WebSocket, ask for it in parts (LIMIT … OFFSET …), or have the limit raised")
                .system("tdengine")
                .endpoint(host.toString())
                .sent(Sent.ANSWERED)
                .build());
    }

    // --- calls ----------------------------------------------------------------------------------------------------

    private String path() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("req_id", Long.toString(ids.next()));
        ZoneId zone = settings.zone();
        if (zone != null) {
            query.put("conn_tz", zone.getId());
        }
        query.putAll(settings.parameters());
        String database = settings.database();
        return PATH
                + (database == null ? "" : "/" + encoded(database))
                + query.entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + encoded(parameter.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private ZoneId shownZone() {
        ZoneId told = settings.zone();
        return told == null ? ZoneId.systemDefault() : told;
    }

    /** Never anything but an error, when the statement's time is over. */
    private Mono<Void> outOfTime(Duration limit) {
        return Later.after(calls.timers(), limit)
                .then(Mono.error(() -> WeirException.of(
                                ErrorKind.TIMEOUT,
                                "The statement and the reading of its rows took longer than its limit of "
                                        + LossReport.human(limit.toNanos()) + "; it may still run")
                        .system("tdengine")
                        .sent(Sent.MAYBE)
                        .build()));
    }

    /** Closes the connections, also those in use. */
    public Mono<Void> close() {
        return calls.close();
    }

    /** The hosts. */
    @Override
    public String toString() {
        return endpoints.toString();
    }
}
