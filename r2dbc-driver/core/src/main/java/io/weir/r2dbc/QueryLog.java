package io.weir.r2dbc;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs, for who asks: {@code io.weir.query} at DEBUG; the values in {@code io.weir.param} only if that is asked for. */
final class QueryLog {

    private static final Logger QUERY = LoggerFactory.getLogger("io.weir.query");
    private static final Logger PARAM = LoggerFactory.getLogger("io.weir.param");

    private QueryLog() {}

    static void log(String connection, Command command, boolean parameters) {
        if (QUERY.isDebugEnabled()) {
            if (command instanceof Command.Batch batch) {
                batch.statements().forEach(sql -> QUERY.debug("[{}] {}", connection, sql));
            } else if (command instanceof Command.Run run) {
                QUERY.debug(
                        "[{}] {}{}",
                        connection,
                        run.sql().text(),
                        times(run.bindings().size()));
            }
        }
        if (parameters && PARAM.isDebugEnabled() && command instanceof Command.Run run) {
            for (Binding binding : run.bindings()) {
                if (!binding.values().isEmpty()) {
                    PARAM.debug("[{}] {}", connection, values(binding));
                }
            }
        }
    }

    private static String times(int executions) {
        return executions == 1 ? "" : " (" + executions + " bindings)";
    }

    private static List<String> values(Binding binding) {
        return binding.values().stream()
                .map(value -> value.value() + " (" + value.type().getSimpleName() + ")")
                .toList();
    }
}
