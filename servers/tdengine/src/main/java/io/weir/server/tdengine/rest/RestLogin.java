package io.weir.server.tdengine.rest;

import io.weir.server.tdengine.http.HttpRequest;
import io.weir.server.tdengine.session.Accounts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The Authorization header: Basic, Taosd, Bearer. */
final class RestLogin {

    private RestLogin() {}

    static String user(HttpRequest request, Accounts accounts) {
        String header = request.header("authorization");
        if (header == null || header.isBlank()) {
            throw new RestError(401, 0x1105, "no auth info input");
        }
        String[] words = header.trim().split("\\s+", 2);
        if (words.length != 2) {
            throw new RestError(401, 0x1122, "invalid type of Authorization");
        }
        String value = words[1];
        switch (words[0]) {
            case "Basic" -> {
                String pair = decoded(value);
                int colon = pair.indexOf(':');
                if (colon < 0) {
                    throw new RestError(401, 0x1124, "invalid basic Authorization");
                }
                accounts.password(pair.substring(0, colon), pair.substring(colon + 1));
            }
            case "Taosd" -> {
                String[] login = TaosdToken.decode(value);
                accounts.password(login[0], login[1]);
            }
            case "Bearer" -> accounts.token(value);
            default -> throw new RestError(401, 0x1122, "invalid type of Authorization");
        }
        return Accounts.USER;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RestError(401, 0x1124, "invalid basic Authorization");
        }
    }
}
