package io.weir.server.tdengine.rest;

import io.weir.server.tdengine.http.HttpRequest;
import io.weir.server.tdengine.http.HttpWriter;
import io.weir.server.tdengine.json.JsonText;
import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.session.Adapter;
import io.weir.server.tdengine.sql.Answer;
import io.weir.server.tdengine.sql.SqlSession;
import io.weir.server.tdengine.sql.TaosError;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code POST /rest/sql[/db]}: one statement, a JSON answer. Nothing is remembered between requests. */
public final class RestSql {

    public static final String PATH = "/rest/sql";

    private final Adapter adapter;

    public RestSql(Adapter adapter) {
        this.adapter = adapter;
    }

    public void answer(HttpRequest request, HttpWriter out) throws IOException {
        long begun = System.nanoTime();
        try {
            String user = RestLogin.user(request, adapter.accounts());
            run(request, user, out, begun);
        } catch (RestError e) {
            send(request, out, e.status(), e.code(), e.text(), begun);
        } catch (TaosError e) {
            send(request, out, status(e.code()), e.code(), e.text(), begun);
        }
    }

    private void run(HttpRequest request, String user, HttpWriter out, long begun) throws IOException {
        String sql = sql(request);
        boolean named = withNames(request);
        SqlSession session = adapter.engine().session(user, null, ZoneId.of("UTC"));
        String connZone = request.query().get("conn_tz");
        String zone = connZone == null ? request.query().get("tz") : connZone;
        ZoneId shown = zone == null ? ZoneId.of("UTC") : zone(zone);
        if (connZone != null) {
            session.zone(shown);
        }
        use(session, request.path());
        adapter.counters().ran();
        Runnable slot = enter(sql);
        try {
            Answer answer = session.run(sql, requestId(request));
            try (OutputStream body = out.chunked("application/json; charset=utf-8", isGzipTaken(request))) {
                RestBody written = new RestBody(body, shown, adapter.manners().number(Manner.REST_ROW_LIMIT));
                written.write(
                        answer, named, Boolean.parseBoolean(request.query().get("timing")), begun);
            }
        } finally {
            slot.run();
        }
    }

    private Runnable enter(String sql) {
        try {
            return adapter.limiter().enter(sql);
        } catch (TaosError e) {
            throw new RestError(503, TaosError.ADAPTER, e.text());
        }
    }

    private String sql(HttpRequest request) {
        if (request.body().length == 0) {
            throw new RestError(400, 0x1106, "request is empty");
        }
        String sql = request.text().trim();
        if (sql.isEmpty()) {
            throw new RestError(400, 0x1107, "no sql input");
        }
        String rejected = adapter.manners().text(Manner.REJECT_SQL);
        boolean writes = sql.regionMatches(true, 0, "insert", 0, 6);
        if (!rejected.isEmpty()
                && !writes
                && Pattern.compile(rejected, Pattern.CASE_INSENSITIVE)
                        .matcher(sql)
                        .find()) {
            // Here without the code and the words that the WebSocket has.
            throw new RestError(403, TaosError.ADAPTER, "sql rejected");
        }
        return sql;
    }

    /** A database that does not exist is not missed here: the statement finds out. */
    private static void use(SqlSession session, String path) {
        if (path.length() > PATH.length() + 1) {
            try {
                session.run("USE `" + path.substring(PATH.length() + 1) + "`", 0);
            } catch (TaosError ignoredByTheAdapterToo) {
                // "Database not specified" then comes from the statement itself.
            }
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new RestError(400, TaosError.ADAPTER, "unknown time zone " + name);
        }
    }

    private static long requestId(HttpRequest request) {
        String given = request.query().getOrDefault("req_id", "0");
        try {
            return Long.parseLong(given);
        } catch (NumberFormatException e) {
            String why = given.matches("[+-]?[0-9]+") ? "value out of range" : "invalid syntax";
            throw illegal("req_id must be numeric strconv.ParseInt: parsing \"" + given + "\": " + why);
        }
    }

    private static boolean withNames(HttpRequest request) {
        String given = request.query().getOrDefault("row_with_meta", "false");
        if (given.matches("1|t|T|true|TRUE|True")) {
            return true;
        } else if (given.matches("0|f|F|false|FALSE|False")) {
            return false;
        }
        throw illegal("row_with_meta must be boolean strconv.ParseBool: parsing \"" + given + "\": invalid syntax");
    }

    private static RestError illegal(String what) {
        return new RestError(400, TaosError.ADAPTER, "illegal param, " + what);
    }

    private static boolean isGzipTaken(HttpRequest request) {
        return request.mentions("accept-encoding", "gzip");
    }

    private int status(int code) {
        if (!adapter.manners().is(Manner.HTTP_ERROR_CODES)) {
            return 200;
        }
        return switch (code) {
            case 0x0216, 0x021B, 0x0224, 0x060B, 0x2600, 0x263B -> 400;
            case 0x0350, 0x0351, 0x0352, 0x0353, 0x0354, 0x0355, 0x0356, 0x0357 -> 401;
            case 0x000B -> 502;
            default -> 500;
        };
    }

    private static void send(HttpRequest request, HttpWriter out, int status, int code, String text, long begun)
            throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code & 0xffff);
        body.put("desc", text);
        body.put("timing", System.nanoTime() - begun);
        byte[] json = JsonText.of(body).getBytes(StandardCharsets.UTF_8);
        out.send(status, "application/json; charset=utf-8", json, isGzipTaken(request));
    }
}
