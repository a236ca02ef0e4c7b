package io.weir.sample.tdengine;

import io.weir.core.InvalidOptionsException;
import io.weir.core.WeirException;
import io.weir.tdengine.TdengineClient;
import reactor.core.publisher.Mono;

/** The three ways to a TDengine differ in the URL alone, and tell of failures in the same words. */
final class Connecting {

    private Connecting() {}

    /** Over the WebSocket of the adapter: the way to take unless there is a reason not to. */
    static String webSocket(String host) {
        return "tdengine://root:taosdata@" + host + ":6041";
    }

    /** Over plain HTTP: a call for each statement, no sessions. */
    static String rest(String host) {
        return "tdengine:rest://root:taosdata@" + host + ":6041";
    }

    /** With the vendor's library on this machine, and {@code io.weir:weir-tdengine-native} on the class path. */
    static String nativeLibrary(String host) {
        return "tdengine:native://root:taosdata@" + host + ":6030";
    }

    /** Connects, asks for the server's version, and closes in every ending. Never an error: what went wrong is told. */
    static Mono<String> greet(String url) {
        return Mono.usingWhen(
                        Mono.fromSupplier(() -> TdengineClient.create(url)),
                        client -> client.query("SELECT server_version()", row -> "TDengine " + row.getString(0))
                                .single(),
                        TdengineClient::close)
                .onErrorResume(WeirException.class, error -> Mono.just(advice(error)))
                .onErrorResume(InvalidOptionsException.class, error -> Mono.just("The URL: " + error.getMessage()));
    }

    /** What to do about it; the error's own text has the details, and no secret. */
    static String advice(WeirException error) {
        String advice = switch (error.kind()) {
            case CONNECT -> "Nobody there whom we understand: is the adapter running, and on this port?";
            case AUTH -> "It does not know this user with this password.";
            case TIMEOUT, CLOSED, OVERLOAD -> "It is there, but not now: try again later.";
            case UNSUPPORTED -> "This way can not do that: another one can.";
            default -> "It does not want this statement.";
        };
        return advice + " " + error.getMessage();
    }
}
