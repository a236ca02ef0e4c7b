package io.weir.r2dbc;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be run: one statement with its bindings, or a batch of plain statements. */
public sealed interface Command permits Command.Run, Command.Batch {

    /** How many rows to ask the store for at a time; 0 leaves it to the driver. */
    int fetchSize();

    /** Execution and consumption together may take so long; zero means no limit. */
    Duration timeout();

    /**
     * One statement.
     *
     * @param sql the statement, its placeholders found
     * @param bindings one list of values per execution, in the order of {@link ParsedSql#placeholders()}; empty for a
     *     statement without placeholders
     * @param generatedColumns the columns whose generated values are wanted; null if none are, empty for all
     */
    record Run(
            ParsedSql sql,
            List<Binding> bindings,
            int fetchSize,
            Duration timeout,
            @Nullable List<String> generatedColumns)
            implements Command {}

    /** Statements without placeholders, run in order; one result each. */
    record Batch(List<String> statements, int fetchSize, Duration timeout) implements Command {}
}
