package io.weir.server.tdengine.ws;

import io.weir.server.tdengine.http.HttpRequest;
import io.weir.server.tdengine.http.HttpWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The upgrade from HTTP. */
public final class Handshake {

    private static final String EXTENSION =
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover";

    private Handshake() {}

    /** Whether the request has what an upgrade needs. */
    public static boolean isAskedFor(HttpRequest request) {
        return request.mentions("upgrade", "websocket")
                && request.mentions("connection", "upgrade")
                && request.mentions("sec-websocket-version", "13")
                && request.header("sec-websocket-key") != null;
    }

    /** Answers 101, and says whether messages are compressed from now on. */
    public static boolean accept(HttpRequest request, HttpWriter out, boolean mayDeflate) throws IOException {
        boolean deflate = mayDeflate && request.mentions("sec-websocket-extensions", "permessage-deflate");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Upgrade", "websocket");
        headers.put("Connection", "Upgrade");
        headers.put("Sec-WebSocket-Accept", accept(Objects.requireNonNull(request.header("sec-websocket-key"))));
        if (deflate) {
            headers.put("Sec-WebSocket-Extensions", EXTENSION);
        }
        out.head(101, headers);
        return deflate;
    }

    private static String accept(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1.", e);
        }
    }
}
