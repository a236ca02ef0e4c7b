package io.weir.r2dbc;

import static io.weir.r2dbc.Arguments.required;

import io.weir.r2dbc.Binding.Value;
import io.weir.r2dbc.ParsedSql.Placeholder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The values bound to a statement: those that {@code add()} saved, and those of the execution at hand. They stay after an
 * execution, so that the statement can be executed again; the first value bound then begins anew.
 */
final class StatementBindings {

    private final ParsedSql sql;
    private final BindRules rules;
    private final int parameters;
    private final List<Binding> saved = new ArrayList<>();
    private @Nullable Value[] current;
    private int bound;
    private boolean lobs;
    private boolean executed;

    StatementBindings(ParsedSql sql, SessionTraits traits) {
        this.sql = sql;
        this.rules = new BindRules(traits);
        this.parameters = sql.parameters();
        this.current = new Value[parameters];
    }

    void bind(int index, @Nullable Object value) {
        checkIndex(index);
        set(index, rules.value(required(value, "value")));
    }

    void bind(String name, @Nullable Object value) {
        int index = indexOf(name);
        set(index, rules.value(required(value, "value")));
    }

    void bindNull(int index, Class<?> type) {
        checkIndex(index);
        set(index, rules.nullOf(required(type, "type")));
    }

    void bindNull(String name, Class<?> type) {
        int index = indexOf(name);
        set(index, rules.nullOf(required(type, "type")));
    }

    /** Saves the values at hand and begins those of the next execution. */
    void add() {
        restart();
        checkComplete();
        saved.add(binding());
        begin();
    }

    /** All executions, each complete. */
    List<Binding> take() {
        checkComplete();
        List<Binding> all = new ArrayList<>(saved);
        all.add(binding());
        executed = true;
        return all;
    }

    /** Whether a large value is among them, which has to be collected first. */
    boolean hasLobs() {
        return lobs;
    }

    private void set(int index, Value value) {
        restart();
        if (current[index] == null) {
            bound++;
        }
        current[index] = value;
        lobs |= value.value() != null && Lobs.isLob(value.value());
    }

    private void restart() {
        if (executed) {
            executed = false;
            lobs = false;
            saved.clear();
            begin();
        }
    }

    private void begin() {
        current = new Value[parameters];
        bound = 0;
    }

    private Binding binding() {
        // Complete: no null is left in it.
        return parameters == 0 ? Binding.EMPTY : new Binding(Arrays.<Value>asList(current));
    }

    private void checkComplete() {
        if (bound < parameters) {
            List<String> missing = new ArrayList<>();
            for (Placeholder placeholder : sql.placeholders()) {
                String label = placeholder.name() == null ? "?" + placeholder.parameter() : ":" + placeholder.name();
                if (current[placeholder.parameter()] == null && !missing.contains(label)) {
                    missing.add(label);
                }
            }
            throw new IllegalStateException("No value is bound to " + String.join(", ", missing)
                    + (saved.isEmpty() ? "" : " since the last add()") + ": bind all " + parameters
                    + " parameters, and leave out an add() after the last binding");
        }
    }

    private void checkIndex(int index) {
        if (index < 0 || index >= parameters) {
            throw new IndexOutOfBoundsException("There is no parameter " + index + ": this statement has "
                    + (parameters == 0 ? "none" : parameters + " (0 to " + (parameters - 1) + ")"));
        }
    }

    private int indexOf(String name) {
        required(name, "name");
        String bare = name.startsWith(":") ? name.substring(1) : name;
        List<String> known = new ArrayList<>();
        for (Placeholder placeholder : sql.placeholders()) {
            if (bare.equals(placeholder.name())) {
                return placeholder.parameter();
            }
            if (placeholder.name() != null && !known.contains(placeholder.name())) {
                known.add(placeholder.name());
            }
        }
        throw new NoSuchElementException("There is no parameter named '" + name + "': this statement has " + known
                + (known.isEmpty() && parameters > 0 ? " and " + parameters + " by position: bind them by index" : ""));
    }
}
