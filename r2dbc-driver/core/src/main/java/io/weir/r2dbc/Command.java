package io.weir.r2dbc;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be run: one statement with its bindings, or a batch of plain statements. */
public sealed interface Command permits Command.Run, Command.Batch {

    /** How many rows to ask the store for at a time; 0 leaves it to the session. */
    int fetchSize();

    /**
     * Execution and consumption together may take so long; zero means no limit. Our own clock cancels the command then;
     * a session passes the limit on to a server that takes one.
     */
    Duration timeout();

    /**
     * One statement.
     *
     * @param sql the statement, its placeholders found
     * @param bindings one per execution, never empty; without placeholders each is {@link Binding#EMPTY}
     * @param generatedColumns the columns whose generated values are wanted; null if none are, empty for all
     */
    record Run(
            ParsedSql sql,
            List<Binding> bindings,
            int fetchSize,
            Duration timeout,
            @Nullable List<String> generatedColumns)
            implements Command {

        public Run {
            bindings = List.copyOf(bindings);
            generatedColumns = generatedColumns == null ? null : List.copyOf(generatedColumns);
        }
    }

    /** Statements without placeholders, run in order; one result each. */
    record Batch(List<String> statements, int fetchSize, Duration timeout) implements Command {

        public Batch {
            statements = List.copyOf(statements);
        }
    }
}
