package io.weir.core.wire;

import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.weir.core.Endpoint;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.Connection;

/**
 * One attempt to get a session from one host. Whatever ends it first (session, error, limit, cancel) wins, and all but
 * the session close what there is of a socket.
 */
final class Attempt<W extends Wire, S> {

    /** How far it has come, for the text of a time-out. */
    enum Stage {
        RESOLVING,
        TCP,
        TLS,
        LOGIN
    }

    private final Dialer<W> dialer;
    private final SocketSettings settings;
    private final Transport transport;
    private final ConnectErrors errors;
    private final Endpoint endpoint;
    private final Duration limit;
    private final Function<? super W, ? extends Mono<S>> login;
    private final MonoSink<S> sink;

    private final AtomicBoolean over = new AtomicBoolean();
    // Two, because the login may begin on the loop before connect() has returned here.
    private final Disposable.Swap connecting = Disposables.swap();
    private final Disposable.Swap loggingIn = Disposables.swap();
    private final long start;
    private @Nullable Future<?> timer;
    private volatile boolean resolved;
    private volatile boolean hasBegunLogin;
    private volatile @Nullable Channel channel;

    Attempt(
            Dialer<W> dialer,
            SocketSettings settings,
            Transport transport,
            ConnectErrors errors,
            Endpoint endpoint,
            Duration limit,
            Function<? super W, ? extends Mono<S>> login,
            MonoSink<S> sink) {
        this.dialer = dialer;
        this.settings = settings;
        this.transport = transport;
        this.errors = errors;
        this.endpoint = endpoint;
        this.limit = limit;
        this.login = login;
        this.sink = sink;
        this.start = settings.nanoTime().getAsLong();
        this.resolved = NetUtil.isValidIpV4Address(endpoint.host()) || NetUtil.isValidIpV6Address(endpoint.host());
    }

    void start() {
        // Also when a session was there already: called at all, it means that nobody got that session.
        sink.onCancel(() -> {
            over.set(true);
            clear();
        });
        try {
            connect();
        } catch (RuntimeException e) {
            failed(e); // loops that have been disposed of
        }
    }

    private void connect() {
        if (!limit.isZero()) {
            timer = transport
                    .loops()
                    .onClient(true)
                    .next()
                    .schedule(
                            () -> fail(errors.timeout(endpoint, limit, stage())),
                            limit.toNanos(),
                            TimeUnit.NANOSECONDS);
        }
        connecting.update(transport
                .client(endpoint, limit)
                .doOnChannelInit((observer, fresh, address) -> {
                    channel = fresh;
                    if (over.get()) {
                        close(fresh);
                    }
                })
                .doAfterResolve((connection, address) -> resolved = true)
                .doOnConnected(this::connected)
                .connect()
                .subscribe(connection -> {}, this::failed));
    }

    /** Runs on the wire's loop, before anything can have been read. */
    private void connected(Connection connection) {
        hasBegunLogin = true;
        if (over.get()) {
            close(connection.channel());
            return;
        }
        loggingIn.update(dialer.open(connection, endpoint)
                .flatMap(wire -> logIn(wire).doOnNext(session -> succeeded(wire, session)))
                .subscribe(
                        session -> {},
                        this::failed,
                        () -> failed(new IllegalStateException("The login completed without a session"))));
    }

    private Mono<S> logIn(W wire) {
        return Objects.requireNonNull(login.apply(wire), "The login has to return a Mono");
    }

    private void succeeded(W wire, S session) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        stopTimer();
        dialer.loggedIn(wire);
        String where = endpoint.toString();
        settings.events().connected(settings.system(), where, took());
        wire.onClose()
                .subscribe(
                        nothing -> {},
                        lost -> settings.events().disconnected(settings.system(), where, true),
                        () -> settings.events().disconnected(settings.system(), where, false));
        sink.success(session);
    }

    private Stage stage() {
        Channel c = channel;
        if (hasBegunLogin) {
            return Stage.LOGIN;
        }
        if (c != null && c.isActive()) {
            return Stage.TLS;
        }
        return resolved ? Stage.TCP : Stage.RESOLVING;
    }

    private void failed(Throwable t) {
        fail(errors.explain(endpoint, t));
    }

    private void fail(WeirException error) {
        if (over.compareAndSet(false, true)) {
            clear();
            settings.events().connectFailed(settings.system(), endpoint.toString(), took(), error.kind());
            sink.error(error);
        }
    }

    private void clear() {
        stopTimer();
        connecting.dispose();
        loggingIn.dispose();
        Channel half = channel;
        if (half != null) {
            close(half);
        }
    }

    private void stopTimer() {
        Future<?> t = timer;
        if (t != null) {
            t.cancel(false);
        }
    }

    private Duration took() {
        return Duration.ofNanos(settings.nanoTime().getAsLong() - start);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end of a socket that nobody got
    private static void close(Channel channel) {
        channel.close();
    }
}
