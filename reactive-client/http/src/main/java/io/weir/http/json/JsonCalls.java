package io.weir.http.json;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.Future;
import io.weir.core.WeirException;
import io.weir.core.wire.Timers;
import io.weir.core.wire.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;

/**
 * HTTP calls whose answers are JSON, over pooled connections. A call runs once: it is never repeated by itself, and a
 * redirect is not followed.
 */
public final class JsonCalls {

    private static final int MAX_REFUSAL = 64 * 1024;

    private final JsonSettings settings;
    private final Transport transport;
    private final ConnectionProvider pool;
    private final HttpClient client;

    public JsonCalls(JsonSettings settings) {
        this.settings = settings;
        this.transport = new Transport(settings.socket());
        this.pool = ConnectionProvider.builder("weir-" + settings.socket().system())
                .maxConnections(settings.maxConnections())
                .pendingAcquireMaxCount(settings.maxPending())
                .pendingAcquireTimeout(settings.acquireTimeout())
                .pendingAcquireTimer(this::later)
                .maxIdleTime(settings.idleTimeout())
                .build();
        this.client = client();
    }

    /**
     * Makes a call with every subscription, and reads its answer by demand: an answer of any size takes the room of one
     * network buffer and one element. Who cancels closes the connection.
     */
    public <T> Flux<T> stream(Call call, Supplier<? extends JsonReader<T>> readers) {
        CallErrors errors = new CallErrors(settings, call);
        HttpMethod method = call.body().length == 0 ? HttpMethod.GET : HttpMethod.POST;
        return Flux.defer(() -> secured()
                .host(call.endpoint().host())
                .port(call.endpoint().port())
                .headers(headers -> headers(headers, call))
                .request(method)
                .uri(call.path())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(call.body())))
                .response((response, body) -> read(response, body, readers, errors))
                .onErrorMap(errors::broken));
    }

    /** By the keys and the trust of the moment: others mean other connections. */
    private HttpClient secured() {
        SslProvider ssl = transport.ssl();
        return ssl == null ? client : client.secure(ssl);
    }

    /** Timers on the loops on which the calls are. */
    public Timers timers() {
        return (nanos, task) -> Timers.on(loop(), nanos, task);
    }

    /** Closes the connections, also those in use. */
    public Mono<Void> close() {
        return pool.disposeLater();
    }

    private <T> Publisher<T> read(
            HttpClientResponse response,
            ByteBufFlux body,
            Supplier<? extends JsonReader<T>> readers,
            CallErrors errors) {
        int status = response.status().code();
        if (status >= 200 && status < 300) {
            return new JsonFlux<>(body, readers, errors, loop(), settings.readTimeout());
        }
        String location = response.responseHeaders().get(HttpHeaderNames.LOCATION);
        return text(body).flatMap(text -> {
            WeirException known = readers.get().refused(status, text);
            return Mono.error(known != null ? known : errors.refused(status, text, location));
        });
    }

    /** The whole body is taken, so that the connection can be used again, but only its beginning is kept. */
    private static Mono<String> text(ByteBufFlux body) {
        return body.asByteArray()
                .collect(
                        ByteArrayOutputStream::new,
                        (all, part) -> all.write(part, 0, Math.min(part.length, MAX_REFUSAL - all.size())))
                .map(all -> all.toString(StandardCharsets.UTF_8));
    }

    private void headers(HttpHeaders headers, Call call) {
        headers.set(HttpHeaderNames.ACCEPT, "application/json");
        if (call.body().length > 0) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, call.contentType());
            headers.set(HttpHeaderNames.CONTENT_LENGTH, call.body().length);
        }
        Supplier<String> authorization = settings.authorization();
        if (authorization != null) {
            headers.set(HttpHeaderNames.AUTHORIZATION, authorization.get());
        }
    }

    private HttpClient client() {
        Duration connect = settings.socket().connectTimeout();
        HttpClient http = HttpClient.create(pool)
                .runOn(transport.loops())
                .followRedirect(false)
                .disableRetry(true)
                .compress(settings.gzip())
                .option(ChannelOption.SO_RCVBUF, settings.socket().receiveBuffer())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) Math.min(Integer.MAX_VALUE, connect.toMillis()))
                // It would also run while the reader holds back; from the answer's first byte on the parser watches.
                .doOnResponse((response, connection) -> connection.removeHandler(NettyPipeline.ResponseTimeoutHandler));
        return settings.readTimeout().isZero() ? http : http.responseTimeout(settings.readTimeout());
    }

    private Disposable later(Runnable task, Duration after) {
        Future<?> timer = loop().schedule(task, after.toNanos(), TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    private EventLoop loop() {
        return transport.loops().onClient(true).next();
    }
}
