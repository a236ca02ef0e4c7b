package io.weir.server.tdengine.session;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Of which type the adapter wants each argument: one of another type spoils the whole message. Null is taken for all, and
 * what is not known is not looked at.
 */
public final class ArgumentTypes {

    private static final BigInteger UNSIGNED_LIMIT = BigInteger.ONE.shiftLeft(Long.SIZE);
    private static final Map<String, Predicate<Object>> TYPES = Map.of(
            "text",
            String.class::isInstance,
            "flag",
            Boolean.class::isInstance,
            "int",
            Long.class::isInstance,
            "id",
            ArgumentTypes::isId,
            "texts",
            value -> value instanceof List<?> list && list.stream().allMatch(String.class::isInstance),
            "list",
            List.class::isInstance,
            "map",
            Map.class::isInstance);
    private static final Map<String, Map<String, Predicate<Object>>> WANTED = read(Map.ofEntries(
            Map.entry(
                    "conn",
                    "user:text password:text db:text mode:int tz:text app:text ip:text connector:text totp_code:text"
                            + " bearer_token:text list_instances:flag"),
            Map.entry("check_server_status", "fqdn:text port:int"),
            Map.entry("query", "sql:text"),
            Map.entry("fetch", "id:id"),
            Map.entry("fetch_block", "id:id"),
            Map.entry("free_result", "id:id"),
            Map.entry("num_fields", "result_id:id"),
            Map.entry("get_connection_info", "info:int"),
            Map.entry("options_connection", "options:list"),
            Map.entry("insert", "protocol:int precision:text ttl:int data:text table_name_key:text"),
            Map.entry("stmt2_init", "single_stb_insert:flag single_table_bind_once:flag"),
            Map.entry("stmt2_prepare", "stmt_id:id sql:text get_fields:flag"),
            Map.entry("stmt2_exec", "stmt_id:id"),
            Map.entry("stmt2_result", "stmt_id:id"),
            Map.entry("stmt2_close", "stmt_id:id")));
    private static final Map<String, Map<String, Predicate<Object>>> WANTED_BY_SUBSCRIPTIONS = read(Map.ofEntries(
            Map.entry(
                    "subscribe",
                    "user:text password:text db:text group_id:text client_id:text offset_rest:text offset_reset:text"
                            + " topics:texts auto_commit:text auto_commit_interval_ms:text snapshot_enable:text"
                            + " with_table_name:text enable_batch_meta:text msg_consume_excluded:text"
                            + " session_timeout_ms:text max_poll_interval_ms:text tz:text app:text ip:text connector:text"
                            + " msg_consume_rawdata:text list_instances:flag config:map"),
            Map.entry("poll", "blocking_time:int message_id:id"),
            Map.entry("fetch", "message_id:id"),
            Map.entry("fetch_block", "message_id:id"),
            Map.entry("fetch_raw", "message_id:id"),
            Map.entry("fetch_raw_data", "message_id:id"),
            Map.entry("fetch_json_meta", "message_id:id"),
            Map.entry("commit", "message_id:id"),
            Map.entry("assignment", "topic:text"),
            Map.entry("seek", "topic:text vgroup_id:int offset:int"),
            Map.entry("commit_offset", "topic:text vgroup_id:int offset:int"),
            Map.entry("position", "topic_vgroup_ids:list"),
            Map.entry("committed", "topic_vgroup_ids:list")));

    private ArgumentTypes() {}

    private static Map<String, Map<String, Predicate<Object>>> read(Map<String, String> table) {
        Map<String, Map<String, Predicate<Object>>> all = new HashMap<>();
        table.forEach((action, wanted) -> {
            Map<String, Predicate<Object>> types = new HashMap<>();
            for (String pair : wanted.split(" ", -1)) {
                int colon = pair.indexOf(':');
                types.put(pair.substring(0, colon), Objects.requireNonNull(TYPES.get(pair.substring(colon + 1))));
            }
            types.put("req_id", ArgumentTypes::isId);
            all.put(action, types);
        });
        return all;
    }

    /** For /ws. */
    static boolean fit(String action, Map<String, @Nullable Object> args) {
        return fit(WANTED.getOrDefault(action, Map.of("req_id", ArgumentTypes::isId)), args);
    }

    /** For /rest/tmq. */
    public static boolean fitSubscription(String action, Map<String, @Nullable Object> args) {
        return fit(WANTED_BY_SUBSCRIPTIONS.getOrDefault(action, Map.of("req_id", ArgumentTypes::isId)), args);
    }

    private static boolean fit(Map<String, Predicate<Object>> types, Map<String, @Nullable Object> args) {
        for (Map.Entry<String, Predicate<Object>> type : types.entrySet()) {
            Object value = args.get(type.getKey());
            if (value != null && !type.getValue().test(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isId(Object value) {
        return (value instanceof Long number && number >= 0)
                || (value instanceof BigInteger big && big.signum() > 0 && big.compareTo(UNSIGNED_LIMIT) < 0);
    }
}
