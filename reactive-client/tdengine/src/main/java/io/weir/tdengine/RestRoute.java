package io.weir.tdengine;

import io.weir.core.CommonOptions;
import io.weir.core.Endpoints;
import io.weir.core.Options;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.page.Parts;
import io.weir.core.wire.SocketSettings;
import io.weir.http.json.JsonCalls;
import io.weir.http.json.JsonSettings;
import io.weir.tdengine.session.LastingSession;
import io.weir.tdengine.session.Prepared;
import io.weir.tdengine.session.RestCalls;
import io.weir.tdengine.session.RestSettings;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Each statement by itself over HTTP. What needs a session is refused, with the way that has one. */
final class RestRoute implements Route {

    private static final String SESSIONS = "Sessions, USE, prepared statements and streams of batches exist";

    private final RestCalls calls;
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private volatile boolean open = true;

    RestRoute(Options options, Endpoints endpoints, SocketSettings socket) {
        int connections = options.get(TdengineOptions.REST_CONNECTIONS);
        JsonSettings standard = JsonSettings.of(socket);
        JsonSettings json = standard.withPool(
                        connections, standard.maxPending(), options.get(CommonOptions.CONNECT_TIMEOUT))
                .withReadTimeout(options.get(TdengineOptions.REST_READ_TIMEOUT))
                .withGzip(options.get(TdengineOptions.COMPRESSION))
                .withAuthorization(authorization(options));
        this.calls = new RestCalls(
                new JsonCalls(json),
                endpoints,
                new RestSettings(
                        options.find(TdengineOptions.DATABASE),
                        options.find(TdengineOptions.ZONE),
                        parameters(options),
                        options.get(TdengineOptions.STATEMENT_TIMEOUT),
                        Objects.requireNonNullElse(options.find(TdengineOptions.REST_ROW_LIMIT), 0L),
                        socket.events()));
    }

    private static java.util.function.Supplier<String> authorization(Options options) {
        String bearer = options.find(TdengineOptions.BEARER_TOKEN);
        String taosd = options.find(TdengineOptions.TAOSD_TOKEN);
        String user = options.get(TdengineOptions.USER) + ":" + options.get(TdengineOptions.PASSWORD);
        String value = bearer != null
                ? "Bearer " + bearer
                : taosd != null
                        ? "Taosd " + taosd
                        : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
        return () -> value;
    }

    private static Map<String, String> parameters(Options options) {
        Map<String, String> parameters = new LinkedHashMap<>();
        put(parameters, "app", options.get(TdengineOptions.APPLICATION));
        put(parameters, "ip", options.find(TdengineOptions.USER_IP));
        put(parameters, "token", options.find(TdengineOptions.TOKEN));
        return parameters;
    }

    private static void put(Map<String, String> parameters, String name, @Nullable String value) {
        if (value != null) {
            parameters.put(name, value);
        }
    }

    @Override
    public Flux<ResultPart> run(String sql) {
        return calls.run(sql);
    }

    @Override
    public Flux<ResultPart> run(String sql, Duration timeout) {
        return calls.run(sql, timeout);
    }

    @Override
    public <T> Flux<T> withStatement(String sql, Function<? super Prepared, ? extends Publisher<T>> work) {
        return Flux.error(() -> refusal(SESSIONS));
    }

    @Override
    public Mono<Long> insert(Schemaless lines) {
        return Mono.error(() -> refusal("Lines without a schema are written"));
    }

    @Override
    public Mono<LastingSession> open() {
        return Mono.error(() -> refusal(SESSIONS));
    }

    private static WeirException refusal(String what) {
        return OptionsOfProtocols.onlyOverTheWebSocket(what, TdengineProtocol.REST);
    }

    @Override
    public Mono<ServerVersion> version() {
        return Parts.pages(run("SELECT server_version()"))
                .filter(page -> page.size() == 1)
                .next()
                .map(page -> ServerVersion.of(String.valueOf(page.row(0).getString(0))));
    }

    @Override
    public Mono<Boolean> ping() {
        return Parts.count(run("SELECT 1")).thenReturn(true);
    }

    @Override
    public int wires() {
        return 0;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public Mono<Void> close() {
        return Mono.defer(() -> {
            open = false;
            closed.tryEmitEmpty();
            return calls.close();
        });
    }

    @Override
    public Mono<Void> onClose() {
        return closed.asMono();
    }

    @Override
    public String toString() {
        return calls + " over REST";
    }
}
