package io.weir.server.tdengine.tmq;

import io.weir.server.tdengine.session.Args;
import io.weir.server.tdengine.sql.TaosError;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arguments of subscribe, checked. */
record Subscription(
        String group, List<String> topics, String reset, boolean autoCommit, long intervalMillis, boolean batchMeta) {

    private static final Set<String> BOOLEANS =
            Set.of("auto_commit", "snapshot_enable", "with_table_name", "enable_batch_meta", "msg_consume_rawdata");
    private static final Set<String> KNOWN_PREFIXES = Set.of(
            "td.",
            "msg.",
            "enable.",
            "auto.",
            "session.",
            "max.",
            "min.",
            "fetch.",
            "experimental.",
            "client.",
            "group.");
    private static final long USUAL_INTERVAL = 5000;

    static Subscription of(Args args) {
        for (String name : BOOLEANS) {
            if (!args.text(name).matches("|true|false|0|1")) {
                throw invalid(name.replace('_', '.'));
            }
        }
        String reset = args.text("offset_reset").isEmpty() ? args.text("offset_rest") : args.text("offset_reset");
        if (!reset.matches("|earliest|latest|none")) {
            throw invalid("auto.offset.reset");
        }
        if (args.values().get("config") instanceof Map<?, ?> config) {
            for (Object key : config.keySet()) {
                String name = String.valueOf(key);
                if (KNOWN_PREFIXES.stream().noneMatch(name::startsWith)) {
                    throw new TaosError(0x0118, "unknown configuration key: " + name);
                }
            }
        }
        if (args.text("group_id").isEmpty()) {
            // Found out by the library when the consumer is made, which is told without a code.
            throw TaosError.adapter("Invalid parameters");
        }
        String interval = args.text("auto_commit_interval_ms");
        if (!interval.matches("[0-9]*")) {
            throw invalid("auto.commit.interval.ms");
        }
        return new Subscription(
                args.text("group_id"),
                args.list("topics").stream().map(String::valueOf).toList(),
                reset.isEmpty() ? "latest" : reset,
                args.text("auto_commit").equals("true"),
                interval.isEmpty() ? USUAL_INTERVAL : Long.parseLong(interval),
                args.text("enable_batch_meta").matches("true|1"));
    }

    private static TaosError invalid(String key) {
        return new TaosError(0x0118, "invalid value for key " + key);
    }
}
