package io.weir.r2dbc;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs, for whoever asks: SQL at DEBUG; values only if both the logger and the settings want them. */
final class QueryLog {

    static final QueryLog SHARED =
            new QueryLog(LoggerFactory.getLogger("io.weir.query"), LoggerFactory.getLogger("io.weir.param"));

    private final Logger query;
    private final Logger param;

    QueryLog(Logger query, Logger param) {
        this.query = query;
        this.param = param;
    }

    void log(String connection, Command command, boolean parameters) {
        if (query.isDebugEnabled()) {
            if (command instanceof Command.Batch batch) {
                batch.statements().forEach(sql -> query.debug("[{}] {}", connection, sql));
            } else if (command instanceof Command.Run run) {
                query.debug(
                        "[{}] {}{}",
                        connection,
                        run.sql().text(),
                        times(run.bindings().size()));
            }
        }
        if (parameters && param.isDebugEnabled() && command instanceof Command.Run run) {
            for (Binding binding : run.bindings()) {
                if (!binding.values().isEmpty()) {
                    param.debug("[{}] {}", connection, values(binding));
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
