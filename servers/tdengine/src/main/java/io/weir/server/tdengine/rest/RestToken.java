package io.weir.server.tdengine.rest;

import io.weir.server.tdengine.http.HttpRequest;
import io.weir.server.tdengine.http.HttpWriter;
import io.weir.server.tdengine.json.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /rest/login/user/password}: a Taosd token, for any name and password. */
public final class RestToken {

    public static final String PATH = "/rest/login/";

    private RestToken() {}

    public static void answer(HttpRequest request, HttpWriter out) throws IOException {
        String[] words = request.path().substring(PATH.length()).split("/", 2);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", 0);
        body.put("desc", TaosdToken.encode(words[0], words.length < 2 ? "" : words[1]));
        out.send(200, "application/json; charset=utf-8", JsonText.of(body).getBytes(StandardCharsets.UTF_8));
    }
}
