package io.weir.server.tdengine.session;

import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.sql.SqlSession;
import io.weir.server.tdengine.sql.TaosError;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** version, conn, check_server_status, and what the session remembers. */
final class LoginActions {

    private static final int OPTION_CLEAR = -1;
    private static final int OPTION_ZONE = 1;
    private static final int OPTION_APP = 3;
    private static final int LAST_OPTION = 4;
    private static final int LONGEST_APP = 23;

    private final WsSession session;
    private final Adapter adapter;

    LoginActions(WsSession session, Adapter adapter) {
        this.session = session;
        this.adapter = adapter;
    }

    void register(Map<String, Handler> actions) {
        actions.put("version", request -> request.send(request.ok().with("version", version())));
        actions.put("conn", this::conn);
        actions.put(
                "check_server_status",
                request -> request.send(request.ok().with("status", 2).with("details", "")));
        actions.put("get_current_db", request -> {
            String database = session.connected().database();
            request.send(request.ok().with("db", database == null ? "" : database));
        });
        actions.put("get_server_info", request -> request.send(request.ok().with("info", version())));
        actions.put("get_connection_info", request -> {
            if (request.args().number("info", 0) != 0) {
                throw new TaosError(0x0118, "Invalid parameters");
            }
            request.send(request.ok().with("info", session.connected().user()));
        });
        actions.put("options_connection", this::options);
    }

    private String version() {
        return adapter.manners().text(Manner.VERSION);
    }

    private void conn(Request request) {
        if (session.isConnected()) {
            throw TaosError.adapter("duplicate connections");
        }
        Args args = request.args();
        adapter.noteConn(args.values());
        long mode = args.number("mode", 0);
        if (mode != 0) {
            throw TaosError.adapter("unexpected mode:" + mode);
        }
        String user = args.text("user");
        if (!args.text("bearer_token").isEmpty() && !session.hasTokenInUrl()) {
            adapter.accounts().token(args.text("bearer_token"));
            user = Accounts.USER;
        } else if (!args.text("totp_code").isEmpty()) {
            adapter.accounts().totp(user, args.text("password"), args.text("totp_code"));
        } else {
            adapter.accounts().password(user, args.text("password"));
        }
        SqlSession opened = adapter.engine().session(user, args.text("db"), zone(args.text("tz")));
        opened.app(app(args.text("app")));
        session.connected(opened);
        Reply reply = request.ok();
        if (adapter.manners().is(Manner.VERSION_IN_CONN)) {
            reply.with("version", version());
        }
        if (args.flag("list_instances")) {
            reply.with("list_instances", List.of());
        }
        request.send(reply);
    }

    private static ZoneId zone(String name) {
        try {
            return name.isEmpty() ? ZoneId.of("UTC") : ZoneId.of(name);
        } catch (DateTimeException e) {
            throw new TaosError(0x0119, "Invalid timezone format");
        }
    }

    private static String app(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return new String(bytes, 0, Math.min(bytes.length, LONGEST_APP), StandardCharsets.UTF_8);
    }

    private void options(Request request) {
        SqlSession connected = session.connected();
        for (Object item : request.args().list("options")) {
            if (!(item instanceof Map<?, ?> option) || !(option.get("option") instanceof Long number)) {
                throw TaosError.adapter("unmarshal options connection request error");
            }
            Object value = option.get("value");
            String text = value == null ? "" : value.toString();
            if (number < OPTION_CLEAR || number > LAST_OPTION) {
                throw new TaosError(0x0118, "Invalid parameters");
            } else if (number == OPTION_ZONE || number == OPTION_CLEAR) {
                connected.zone(zone(number == OPTION_CLEAR ? "" : text));
            }
            if (number == OPTION_APP || number == OPTION_CLEAR) {
                connected.app(number == OPTION_CLEAR ? "" : app(text));
            }
        }
        request.send(request.ok());
    }
}
