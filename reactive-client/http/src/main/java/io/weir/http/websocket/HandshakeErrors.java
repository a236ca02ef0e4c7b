package io.weir.http.websocket;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why there is no WebSocket, and what to check. */
final class HandshakeErrors {

    private static final int SHOWN_CHARACTERS = 200;

    private final WebSocketSettings settings;
    private final Endpoint endpoint;

    HandshakeErrors(WebSocketSettings settings, Endpoint endpoint) {
        this.settings = settings;
        this.endpoint = endpoint;
    }

    /** The server answered, but not with a WebSocket. */
    WeirException refused(FullHttpResponse response) {
        int status = response.status().code();
        String location = response.headers().get(HttpHeaderNames.LOCATION);
        String text = endpoint + " refused the WebSocket at " + settings.shownPath() + " with HTTP " + response.status()
                + ": " + advice(status, location) + said(response);
        return build(kind(status), text, null).toBuilder().code(status).build();
    }

    WeirException notHttp(Throwable t) {
        String tls = settings.socket().tls() == null ? " or TLS is expected (ssl=true)" : "";
        return build(
                ErrorKind.CONNECT,
                endpoint + " does not speak HTTP on this port. Check the port: another protocol listens there" + tls
                        + ".",
                t);
    }

    /** The answer is no proper one, or the request could not be written. */
    WeirException broken(Throwable t) {
        if (t instanceof WeirException known) {
            return known;
        }
        return build(
                ErrorKind.PROTOCOL, "The WebSocket handshake with " + endpoint + " failed: " + t.getMessage() + ".", t);
    }

    WeirException cut(@Nullable Throwable cause) {
        return build(ErrorKind.CLOSED, "The WebSocket handshake was not answered.", cause);
    }

    private static ErrorKind kind(int status) {
        return switch (status) {
            case 401 -> ErrorKind.AUTH;
            case 403 -> ErrorKind.PERMISSION;
            case 429, 503 -> ErrorKind.OVERLOAD;
            default -> ErrorKind.CONNECT;
        };
    }

    private String advice(int status, @Nullable String location) {
        if (status >= 300 && status < 400) {
            return "it points to " + (location == null ? "another place" : withoutQuery(location))
                    + ", which is not followed. Connect there"
                    + (settings.socket().tls() == null ? ", or use TLS (ssl=true)." : ".");
        }
        return switch (status) {
            case 400 ->
                "check the path and the port"
                        + (settings.socket().tls() == null ? ", and whether TLS is expected." : ".");
            case 401 -> "check user, password or token.";
            case 403 -> "this user or address may not connect.";
            case 404 -> "nothing is there. " + settings.missing();
            case 429, 503 -> "it has too much to do; try again later.";
            case 502, 504 -> "the proxy there does not reach the server.";
            default ->
                "check that host and port are those of a " + settings.socket().system() + " server.";
        };
    }

    private String said(FullHttpResponse response) {
        int length = Math.min(response.content().readableBytes(), SHOWN_CHARACTERS);
        String body = response.content()
                .toString(response.content().readerIndex(), length, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\\s]+", " ")
                .strip();
        for (String secret : secrets()) {
            body = body.replace(secret, "***");
        }
        return body.isEmpty() ? "" : " It said: " + body;
    }

    /** A page that says "no such thing" likes to repeat what was asked for. */
    private List<String> secrets() {
        Stream<String> query = Stream.of(
                        settings.path().substring(settings.shownPath().length()).split("[?&]", -1))
                .map(part -> part.substring(part.indexOf('=') + 1));
        return Stream.concat(query, settings.headers().values().stream())
                .filter(secret -> !secret.isBlank())
                .toList();
    }

    private static String withoutQuery(String location) {
        int query = location.indexOf('?');
        return query < 0 ? location : location.substring(0, query);
    }

    private WeirException build(ErrorKind kind, String text, @Nullable Throwable cause) {
        return WeirException.of(kind, text)
                .system(settings.socket().system())
                .endpoint(endpoint.toString())
                .sent(Sent.NO)
                .cause(cause)
                .build();
    }
}
