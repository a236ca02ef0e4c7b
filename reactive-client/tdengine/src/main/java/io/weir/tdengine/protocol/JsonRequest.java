package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import io.weir.tdengine.type.ServerVersion;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request that travels as a text message.
 *
 * @param action what is asked
 * @param args in the order in which they are written
 * @param secret whether it must not be logged
 */
public record JsonRequest(String action, Map<String, @Nullable Object> args, boolean secret) {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** How a time zone, an application and the like are named among a connection's options. */
    public enum ConnectionOption {
        CLEAR_ALL(-1),
        CHARSET(0),
        TIME_ZONE(1),
        USER_IP(2),
        USER_APP(3),
        CONNECTOR(4);

        private final int number;

        ConnectionOption(int number) {
            this.number = number;
        }
    }

    /** Who logs in, and what the session begins with; what is null is left out. */
    public record Login(
            @Nullable String user,
            @Nullable String password,
            @Nullable String bearerToken,
            @Nullable String totpCode,
            @Nullable String database,
            @Nullable String zone,
            @Nullable String application,
            @Nullable String userIp,
            @Nullable String connector,
            boolean businessIntelligence) {

        @Override
        public String toString() {
            return "Login[user=" + user + ", database=" + database + "]";
        }
    }

    /** Asks for the server's version; possible before the login. See {@link ServerVersion}. */
    public static JsonRequest version() {
        return of("version");
    }

    /** Logs in. */
    public static JsonRequest login(Login login) {
        return new JsonRequest("conn", new LinkedHashMap<>(), true)
                .with("user", login.user())
                .with("password", login.password())
                .with("bearer_token", login.bearerToken())
                .with("totp_code", login.totpCode())
                .with("db", login.database())
                .with("tz", login.zone())
                .with("app", login.application())
                .with("ip", login.userIp())
                .with("connector", login.connector())
                .with("mode", login.businessIntelligence() ? 0 : null);
    }

    /** Sets an option of the connection; null puts it back to what it was. */
    public static JsonRequest option(ConnectionOption option, @Nullable String value) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("option", option.number);
        entry.put("value", value);
        JsonRequest request = of("options_connection");
        request.args.put("options", new Object[] {entry});
        return request;
    }

    /** Frees a result that is not read to its end. There is no answer, ever. */
    public static JsonRequest freeResult(long resultId) {
        return of("free_result").with("id", resultId);
    }

    /** Asks which database is the current one. */
    public static JsonRequest currentDatabase() {
        return of("get_current_db");
    }

    /** Makes a prepared statement without a text yet. */
    public static JsonRequest initStatement() {
        return of("stmt2_init").with("single_stb_insert", true).with("single_table_bind_once", true);
    }

    /** Gives a prepared statement its text. */
    public static JsonRequest prepare(long statementId, String sql) {
        JsonRequest request = of("stmt2_prepare").with("stmt_id", statementId).with("sql", sql);
        return new JsonRequest(request.action, request.args, SqlText.isSecret(sql)).with("get_fields", true);
    }

    /** Runs a prepared statement with what was bound. */
    public static JsonRequest execute(long statementId) {
        return of("stmt2_exec").with("stmt_id", statementId);
    }

    /** Asks for the result of a prepared query. Once for each execution that has succeeded. */
    public static JsonRequest result(long statementId) {
        return of("stmt2_result").with("stmt_id", statementId);
    }

    /** Ends a prepared statement. */
    public static JsonRequest closeStatement(long statementId) {
        return of("stmt2_close").with("stmt_id", statementId);
    }

    /**
     * Writes lines without a schema.
     *
     * @param protocol 1 for lines, 2 for telnet, 3 for JSON
     * @param precision of the times; empty: the protocol's own
     * @param ttlDays how long tables that this call creates are kept; 0: for ever
     */
    public static JsonRequest insert(int protocol, String precision, int ttlDays, String data, String tableNameKey) {
        return of("insert")
                .with("protocol", protocol)
                .with("precision", precision)
                .with("ttl", ttlDays)
                .with("data", data)
                .with("table_name_key", tableNameKey.isEmpty() ? null : tableNameKey);
    }

    private static JsonRequest of(String action) {
        return new JsonRequest(action, new LinkedHashMap<>(), false);
    }

    private JsonRequest with(String name, @Nullable Object value) {
        if (value != null) {
            args.put(name, value);
        }
        return this;
    }

    /** Appends the message. */
    public void write(ByteBuf out, long requestId) {
        Map<String, @Nullable Object> numbered = new LinkedHashMap<>();
        numbered.put("req_id", requestId);
        numbered.putAll(args);
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("action", action);
        envelope.put("args", numbered);
        // Jackson closes what it writes to, and a stream over a buffer has nothing to close.
        OutputStream stream = new ByteBufOutputStream(out);
        MAPPER.writeValue(stream, envelope);
    }

    /** The arguments are left out: they may hold a password. */
    @Override
    public String toString() {
        return "JsonRequest[" + action + "]";
    }
}
