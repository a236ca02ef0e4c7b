package io.weir.tdengine;

import io.weir.core.CommonOptions;
import io.weir.core.ErrorKind;
import io.weir.core.InvalidOptionsException;
import io.weir.core.InvalidOptionsException.Problem;
import io.weir.core.InvalidOptionsException.Reason;
import io.weir.core.OptionKey;
import io.weir.core.Options;
import io.weir.core.WeirException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a way to the server can not do must not be asked for in vain. */
final class OptionsOfProtocols {

    private static final int NATIVE_PORT = 6030;

    private static final List<OptionKey<?>> NATIVE = List.of(
            TdengineOptions.NATIVE_LIBRARY,
            TdengineOptions.CONFIG_FOLDER,
            TdengineOptions.CHARSET,
            TdengineOptions.LOCALE,
            TdengineOptions.NATIVE_THREADS);

    private static final List<OptionKey<?>> ADAPTER = List.of(
            TdengineOptions.TOKEN,
            TdengineOptions.COMPRESSION,
            TdengineOptions.KILL_ABANDONED,
            TdengineOptions.WRITE_TIMEOUT,
            TdengineOptions.LIVENESS_INTERVAL,
            TdengineOptions.LIVENESS_LIMIT);

    private static final List<OptionKey<?>> REST = List.of(
            TdengineOptions.TAOSD_TOKEN,
            TdengineOptions.REST_CONNECTIONS,
            TdengineOptions.REST_READ_TIMEOUT,
            TdengineOptions.REST_ROW_LIMIT);

    private static final List<OptionKey<?>> SESSIONS = List.of(
            TdengineOptions.TOTP_CODE,
            TdengineOptions.BUSINESS_INTELLIGENCE,
            TdengineOptions.SHARING,
            TdengineOptions.SHARED_WIRES,
            TdengineOptions.MAX_WIRES,
            TdengineOptions.WAIT_TIMEOUT,
            TdengineOptions.PREPARED_STATEMENT_CACHE_SIZE,
            TdengineOptions.KILL_ABANDONED,
            TdengineOptions.WRITE_TIMEOUT,
            TdengineOptions.LIVENESS_INTERVAL,
            TdengineOptions.LIVENESS_LIMIT);

    private OptionsOfProtocols() {}

    /**
     * Finds options that do not go with the protocol.
     *
     * @throws InvalidOptionsException naming all of them
     */
    static void check(Options options) {
        List<Problem> problems = new ArrayList<>();
        if (options.get(TdengineOptions.PROTOCOL) == TdengineProtocol.NATIVE) {
            find(options, ADAPTER, "belongs to the adapter, which the native protocol does without", problems);
            find(
                    options,
                    CommonOptions.SOCKET,
                    "belongs to sockets of ours, and natively the vendor's library has its own: set it in taos.cfg",
                    problems);
            find(
                    options,
                    CommonOptions.TLS,
                    "is TLS of ours, and natively the vendor's library connects: set TLS in taos.cfg, or use the"
                            + " WebSocket (tdengines://)",
                    problems);
            String charset = options.get(TdengineOptions.CHARSET);
            if (!charset.equalsIgnoreCase("UTF-8") && !charset.equalsIgnoreCase("UTF8")) {
                problems.add(new Problem(
                        Reason.VALUE,
                        TdengineOptions.CHARSET.name(),
                        "Option 'charset' can only be UTF-8: the server keeps a VARCHAR's bytes as they come, and what"
                                + " this client wrote in another set nobody else could read; what somebody else wrote"
                                + " so is read as byte[]"));
            }
        } else {
            find(options, NATIVE, "needs the native protocol (tdengine:native://)", problems);
        }
        if (options.get(TdengineOptions.PROTOCOL) == TdengineProtocol.REST) {
            find(
                    options,
                    SESSIONS,
                    "belongs to a session, and REST has none: use the WebSocket (tdengine://)",
                    problems);
        } else {
            find(options, REST, "is one of REST (tdengine:rest://)", problems);
        }
        if (!problems.isEmpty()) {
            throw new InvalidOptionsException("tdengine", problems);
        }
    }

    private static void find(Options options, List<OptionKey<?>> keys, String why, List<Problem> problems) {
        for (OptionKey<?> key : keys) {
            if (options.isSet(key)) {
                problems.add(new Problem(Reason.CONFLICT, key.name(), "Option '" + key.name() + "' " + why));
            }
        }
    }

    static InvalidOptionsException nativeIsMissing() {
        return new InvalidOptionsException(
                "tdengine",
                List.of(new Problem(
                        Reason.CONFLICT,
                        "protocol",
                        "The native protocol needs the artifact io.weir:weir-tdengine-native, which is not on the class"
                                + " path: add it, or use the WebSocket (tdengine://)")));
    }

    static WeirException onlyOverTheWebSocket(String what, TdengineProtocol protocol) {
        return WeirException.of(
                        ErrorKind.UNSUPPORTED,
                        what + " over the WebSocket only, and this client was made with protocol="
                                + protocol.name().toLowerCase(Locale.ROOT)
                                + ": make another one, whose URL begins with tdengine://")
                .system("tdengine")
                .sent(WeirException.Sent.NO)
                .build();
    }

    /** Neither the adapter's message nor the library's settings have a place for the code. */
    static WeirException subscriptionsHaveNoSecondFactor() {
        return WeirException.of(
                        ErrorKind.UNSUPPORTED,
                        "Subscriptions cannot log in with a second factor, and this client was made with totpCode: what"
                                + " begins a subscription has no place for the code, which is good for one login only,"
                                + " while a consumer logs in again after a loss. Have the server make a token for this"
                                + " user (CREATE TOKEN), and subscribe by a client with bearerToken instead")
                .system("tdengine")
                .sent(WeirException.Sent.NO)
                .build();
    }

    /** The port of hosts that name none. */
    static int port(Options options) {
        boolean natively = options.get(TdengineOptions.PROTOCOL) == TdengineProtocol.NATIVE;
        return natively && !options.isSet(TdengineOptions.PORT) ? NATIVE_PORT : options.get(TdengineOptions.PORT);
    }
}
