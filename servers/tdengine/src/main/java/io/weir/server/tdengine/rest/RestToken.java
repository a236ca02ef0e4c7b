package io.weir.server.tdengine.rest;

import io.weir.server.tdengine.http.HttpRequest;
import io.weir.server.tdengine.http.HttpWriter;
import io.weir.server.tdengine.json.JsonText;
import io.weir.server.tdengine.session.Accounts;
import io.weir.server.tdengine.sql.TaosError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /rest/login/user/password}: a Taosd token, for who may log in. */
public final class RestToken {

    private static final String PATH = "/rest/login/";
    private static final int REFUSED = 3;

    private RestToken() {}

    /** Whether the path has a user and a password. */
    public static boolean isMeant(String path) {
        return path.startsWith(PATH) && path.substring(PATH.length()).matches("[^/]+/[^/]+");
    }

    public static void answer(HttpRequest request, Accounts accounts, HttpWriter out) throws IOException {
        String[] words = request.path().substring(PATH.length()).split("/", 2);
        long begun = System.nanoTime();
        Map<String, Object> body = new LinkedHashMap<>();
        int status = 200;
        try {
            if (words[0].getBytes(StandardCharsets.UTF_8).length > TaosdToken.USER_LENGTH) {
                throw new RestError(400, 0x110A, "generate taosd token error");
            }
            accounts.password(words[0], words[1]);
            body.put("code", 0);
            body.put("desc", TaosdToken.encode(words[0], words[1]));
        } catch (RestError e) {
            status = e.status();
            body.put("code", e.code());
            body.put("desc", e.text());
        } catch (TaosError e) {
            status = 401;
            body.put("code", REFUSED);
            body.put("desc", e.text());
        }
        if (status != 200) {
            body.put("timing", System.nanoTime() - begun);
        }
        out.send(status, "application/json; charset=utf-8", JsonText.of(body).getBytes(StandardCharsets.UTF_8));
    }
}
