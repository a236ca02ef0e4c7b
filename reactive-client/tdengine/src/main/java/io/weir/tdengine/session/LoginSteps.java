package io.weir.tdengine.session;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.http.websocket.KeyedWire;
import io.weir.http.websocket.WebSocketWire;
import io.weir.tdengine.protocol.JsonRequest;
import io.weir.tdengine.type.ServerVersion;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Makes a session of a fresh wire. The connector's limit covers it. */
final class LoginSteps {

    private LoginSteps() {}

    static Mono<WireSession> on(WebSocketWire socket, SessionSettings settings) {
        Rpc rpc = new Rpc(KeyedWire.on(socket, new Answers()));
        return rpc.json(JsonRequest.login(settings.login()), Duration.ZERO, answer -> answer.text("version"))
                .onErrorMap(WeirException.class, error -> explain(error, settings))
                // Older servers tell their version only when they are asked.
                .flatMap(version -> version.isEmpty() ? askVersion(rpc) : Mono.just(version))
                .map(version -> new WireSession(rpc, settings, checked(rpc, version)));
    }

    private static Mono<String> askVersion(Rpc rpc) {
        return rpc.json(JsonRequest.version(), Duration.ZERO, answer -> answer.text("version"));
    }

    private static ServerVersion checked(Rpc rpc, String text) {
        ServerVersion version;
        try {
            version = ServerVersion.of(text);
        } catch (IllegalArgumentException e) {
            throw rpc.located(WeirException.of(ErrorKind.PROTOCOL, String.valueOf(e.getMessage()))
                    .build());
        }
        if (!version.isAtLeast(ServerVersion.LEAST)) {
            throw rpc.located(WeirException.of(
                            ErrorKind.UNSUPPORTED,
                            "The server is TDengine " + version + ", and this client needs " + ServerVersion.LEAST
                                    + " or newer, which takes queries as binary messages: upgrade server and adapter")
                    .build());
        }
        return version;
    }

    private static WeirException explain(WeirException error, SessionSettings settings) {
        if (error.sent() != WeirException.Sent.ANSWERED) {
            return error;
        }
        String database = settings.login().database();
        return error.toBuilder()
                .message("The login of " + who(settings)
                        + (database == null ? "" : " (option database='" + database + "')")
                        + (settings.zone() == null ? "" : " (option zone='" + settings.zone() + "')")
                        + " was refused: " + error.getMessage())
                .build();
    }

    private static String who(SessionSettings settings) {
        String user = settings.login().user();
        return user == null ? "the bearer of a token" : "user '" + user + "'";
    }
}
