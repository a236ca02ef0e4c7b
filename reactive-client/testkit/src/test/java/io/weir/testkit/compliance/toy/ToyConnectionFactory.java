package io.weir.testkit.compliance.toy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Connects and logs in. */
record ToyConnectionFactory(String host, int port, String user, String password, Duration timeout, ToyFault fault)
        implements ConnectionFactory {

    @Override
    public Mono<? extends Connection> create() {
        Mono<? extends Connection> lazy = Mono.using(Socket::new, socket -> connect(socket), socket -> {}, false)
                .timeout(timeout)
                .onErrorMap(
                        TimeoutException.class,
                        e -> new R2dbcTimeoutException("no login at " + host + ":" + port + " within " + timeout));
        if (fault == ToyFault.EAGER_CREATE) {
            return Mono.fromFuture(lazy.toFuture());
        }
        return lazy;
    }

    private Mono<ToyConnection> connect(Socket socket) {
        return Mono.fromCallable(() -> {
                    try {
                        socket.connect(new InetSocketAddress(host, port));
                        return new ToyWire(socket, fault);
                    } catch (IOException e) {
                        throw new R2dbcTransientResourceException(
                                "can not connect to " + host + ":" + port + ": " + e.getMessage(), e);
                    }
                })
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(this::login)
                .doOnCancel(() -> {
                    if (fault != ToyFault.LEAKS_HALF_MADE_CONNECTIONS) {
                        Schedulers.boundedElastic().schedule(() -> quietly(socket));
                    }
                });
    }

    private Mono<ToyConnection> login(ToyWire wire) {
        return wire.call(ToyFrames.request('L', user, password, 0))
                .map(reply -> {
                    if (!reply.errorKind().isEmpty()) {
                        throw ToyErrors.of(reply, fault, fault == ToyFault.PRINTS_PASSWORD ? password : null);
                    }
                    return new ToyConnection(wire, fault);
                })
                .doOnError(e -> wire.close());
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return () -> "Toy";
    }

    @Override
    public String toString() {
        return "toy at " + host + ":" + port + " for " + user;
    }
}
