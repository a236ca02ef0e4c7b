package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.r2dbc.Binding.Value;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

class QueryLogTest {

    private final List<String> lines = new ArrayList<>();
    private final Command run = new Command.Run(
            ParsedSql.of("INSERT INTO t VALUES (?, ?)", SqlSyntax.STANDARD),
            List.of(binding(1), binding(2)),
            0,
            Duration.ZERO,
            null);

    private static Binding binding(int id) {
        return new Binding(List.of(new Value(id, Integer.class), new Value(null, String.class)));
    }

    /** A logger that writes into the list what comes at DEBUG. */
    private Logger logger(String name, boolean debug) {
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("isDebugEnabled")) {
                        return debug;
                    }
                    assertThat(method.getName()).isEqualTo("debug");
                    Object[] values =
                            arguments.length == 2 ? (Object[]) arguments[1] : new Object[] {arguments[1], arguments[2]};
                    lines.add(name + " "
                            + MessageFormatter.arrayFormat((String) arguments[0], values)
                                    .getMessage());
                    return null;
                });
    }

    private QueryLog log(boolean query, boolean param) {
        return new QueryLog(logger("query", query), logger("param", param));
    }

    @Test
    void everyLineBeginsWithTheConnection() {
        log(true, true).log("c7", run, true);

        assertThat(lines)
                .containsExactly(
                        "query [c7] INSERT INTO t VALUES (?, ?) (2 bindings)",
                        "param [c7] [1 (Integer), null (String)]",
                        "param [c7] [2 (Integer), null (String)]");
    }

    @Test
    void valuesAreShownOnlyIfTheSettingsAskForThemTooWhateverTheLoggersLevel() {
        log(true, true).log("c7", run, false);

        assertThat(lines).hasSize(1).allMatch(line -> line.startsWith("query"));
    }

    @Test
    void aLoggerThatIsOffWritesNothing() {
        log(false, false).log("c7", run, true);

        assertThat(lines).isEmpty();
    }

    @Test
    void eachStatementOfABatchHasItsLine() {
        log(true, true).log("c7", new Command.Batch(List.of("a", "b"), 0, Duration.ZERO), true);

        assertThat(lines).containsExactly("query [c7] a", "query [c7] b");
    }

    @Test
    void aStatementWithoutValuesHasNoLineForThem() {
        ParsedSql sql = ParsedSql.of("SELECT 1", SqlSyntax.STANDARD);
        log(true, true).log("c7", new Command.Run(sql, List.of(Binding.EMPTY), 0, Duration.ZERO, null), true);

        assertThat(lines).containsExactly("query [c7] SELECT 1");
    }
}
