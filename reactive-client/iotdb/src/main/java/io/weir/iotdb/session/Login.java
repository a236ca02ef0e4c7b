package io.weir.iotdb.session;

import io.weir.core.Credentials;
import io.weir.core.ErrorKind;
import io.weir.core.TimePrecision;
import io.weir.core.WeirException;
import io.weir.core.wire.FifoWire;
import io.weir.iotdb.protocol.GetProperties;
import io.weir.iotdb.protocol.OpenSession;
import io.weir.iotdb.protocol.RequestStatementId;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.type.ServerInfo;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Makes a session of a fresh wire: two round trips. The connector's limit covers them. */
final class Login {

    private Login() {}

    static Mono<WireSession> on(FifoWire wire, SessionSettings settings) {
        Rpc rpc = new Rpc(wire, settings.format());
        return credentials(rpc, settings)
                .flatMap(who -> rpc.call(request(who, settings), Duration.ZERO)
                        .onErrorMap(WeirException.class, error -> explain(error, settings))
                        .flatMap(opened -> opened.status().isSuccess()
                                ? complete(rpc, settings, opened)
                                : Mono.error(rpc.located(refusal(opened.status(), who, settings)))));
    }

    /** What a source fails with may hold what it must not tell: it is the cause, and not repeated. */
    private static Mono<Credentials> credentials(Rpc rpc, SessionSettings settings) {
        return Mono.defer(() -> settings.credentials().get())
                .onErrorMap(cause -> rpc.located(
                        noCredentials("failed with " + cause.getClass().getName())
                                .cause(cause)
                                .build()))
                .switchIfEmpty(
                        Mono.error(() -> rpc.located(noCredentials("gave none").build())));
    }

    private static WeirException.Builder noCredentials(String what) {
        return WeirException.of(
                        ErrorKind.AUTH, "The source of credentials (option credentials), asked for a login, " + what)
                .sent(WeirException.Sent.NO);
    }

    private static OpenSession request(Credentials who, SessionSettings settings) {
        return new OpenSession(settings.zone().getId(), who.user(), who.password(), configuration(settings));
    }

    private static Map<String, String> configuration(SessionSettings settings) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("sql_dialect", settings.dialect().wireName());
        if (settings.database() != null) {
            entries.put("db", settings.database());
        }
        return entries;
    }

    private static Mono<WireSession> complete(Rpc rpc, SessionSettings settings, OpenSession.Opened opened) {
        long sessionId = opened.sessionId();
        return Mono.zip(
                        rpc.call(new RequestStatementId(sessionId), Duration.ZERO),
                        rpc.call(new GetProperties(), Duration.ZERO))
                .map(both -> {
                    rpc.limitRequests(settings.maxRequest(), both.getT2().maxFrameBytes());
                    return new WireSession(rpc, settings, info(opened, both.getT2()), sessionId, both.getT1());
                });
    }

    private static ServerInfo info(OpenSession.Opened opened, GetProperties.Properties properties) {
        String precision = opened.configuration().getOrDefault("timestamp_precision", properties.timePrecision());
        try {
            return new ServerInfo(
                    properties.version(),
                    properties.build(),
                    TimePrecision.ofWireName(precision),
                    properties.maxClients(),
                    properties.maxFrameBytes(),
                    properties.readOnly(),
                    properties.timeFunctions());
        } catch (IllegalArgumentException e) {
            throw WeirException.of(ErrorKind.PROTOCOL, String.valueOf(e.getMessage()))
                    .system("iotdb")
                    .build();
        }
    }

    private static WeirException refusal(Status status, Credentials who, SessionSettings settings) {
        WeirException error = status.toError();
        return error.toBuilder()
                .message("The login of user '" + who.user() + "' (dialect "
                        + settings.dialect().wireName() + ") was refused: " + error.getMessage())
                .build();
    }

    /** What else may be behind a login that was not even answered. */
    private static WeirException explain(WeirException error, SessionSettings settings) {
        return switch (error.kind()) {
            case CLOSED ->
                error.toBuilder()
                        .message(error.getMessage()
                                + " IoTDB ends a new connection at its first request when " + otherFormat(settings)
                                + ", and when it has no connection left (dn_rpc_max_concurrent_client_num).")
                        .build();
            case SERVER ->
                error.toBuilder()
                        .message(error.getMessage() + ". The server may not know the time zone '"
                                + settings.zone().getId() + "' (option zone); its log says more")
                        .build();
            default -> error;
        };
    }

    private static String otherFormat(SessionSettings settings) {
        return switch (settings.format()) {
            case BINARY ->
                "it is set to Thrift's compact protocol (dn_rpc_thrift_compression_enable=true; then set the option"
                        + " thriftProtocol=compact, for this client speaks the binary one)";
            case COMPACT ->
                "it speaks Thrift's binary protocol, as it does unless dn_rpc_thrift_compression_enable=true (then"
                        + " leave the option thriftProtocol=compact out)";
        };
    }
}
