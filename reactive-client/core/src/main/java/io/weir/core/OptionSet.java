package io.weir.core;

import io.weir.core.InvalidOptionsException.Problem;
import io.weir.core.InvalidOptionsException.Reason;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All options of one system. Immutable.
 *
 * <pre>{@code
 * static final OptionSet OPTIONS = OptionSet.builder("iotdb", "docs/iotdb.md")
 *         .add(CommonOptions.CONNECTION)
 *         .add(CommonOptions.TLS)
 *         .add(DIALECT)
 *         .standard(CommonOptions.PORT, 6667)
 *         .require(CommonOptions.HOST)
 *         .build();
 * }</pre>
 */
public final class OptionSet {

    /** What may be repeated as a mistyped name; anything else may be a piece of something that nobody should see. */
    private static final String NAME = "[A-Za-z][A-Za-z0-9._-]{0,63}";

    private final String system;
    private final String docs;
    private final Map<String, OptionKey<?>> keys;
    private final Set<String> required;

    private OptionSet(Builder builder) {
        this.system = builder.system;
        this.docs = builder.docs;
        // Not Map.copyOf: the order is that of the docs.
        this.keys = new LinkedHashMap<>(builder.keys);
        this.required = new LinkedHashSet<>(builder.required);
    }

    /**
     * Begins a set.
     *
     * @param system the short name, as in {@code r2dbc:iotdb:}
     * @param docs where its options are listed; stands in errors
     */
    public static Builder builder(String system, String docs) {
        return new Builder(system, docs);
    }

    /** The system's short name, such as {@code iotdb}. */
    public String system() {
        return system;
    }

    /** All options in the order of the docs. */
    public Collection<OptionKey<?>> keys() {
        return List.copyOf(keys.values());
    }

    /** The option of that exact name; null if there is none. */
    public @Nullable OptionKey<?> find(String name) {
        return keys.get(name);
    }

    /** Whether an option must be given. */
    public boolean isRequired(OptionKey<?> key) {
        return required.contains(key.name());
    }

    /** A builder that has these options, for a set that has more. */
    public Builder toBuilder() {
        Builder builder = new Builder(system, docs);
        builder.keys.putAll(keys);
        builder.required.addAll(required);
        return builder;
    }

    /** Begins to collect values. */
    public Options.Builder options() {
        return new Options.Builder(this);
    }

    /** This set's own declaration of an option, which may have another default than the common one. */
    <T> OptionKey<T> own(OptionKey<T> key) {
        OptionKey<?> mine = keys.get(key.name());
        if (mine == null || !mine.isSameOption(key)) {
            throw new IllegalArgumentException("'" + key.name() + "' is not an option of " + system);
        }
        @SuppressWarnings("unchecked") // the same option has the same type
        OptionKey<T> own = (OptionKey<T>) mine;
        return own;
    }

    /** Converts what was given; what can not be converted becomes a problem. */
    Map<String, Object> read(Map<String, Object> given, List<Problem> problems) {
        Map<String, Object> values = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            OptionKey<?> key = keys.get(name);
            if (key == null) {
                problems.add(unknown(name));
                return;
            }
            Object converted = key.convert(value);
            if (converted == null) {
                problems.add(new Problem(Reason.VALUE, name, key.refusal(value)));
            } else {
                values.put(name, converted);
            }
        });
        // Of a URL that is not well formed nobody knows what it would have given.
        boolean complete = problems.stream().noneMatch(problem -> problem.reason() == Reason.URL);
        for (String name : required) {
            if (complete && !given.containsKey(name)) {
                problems.add(
                        new Problem(Reason.MISSING, name, "Option '" + name + "' is required, but it was not given"));
            }
        }
        return values;
    }

    private Problem unknown(String name) {
        if (!name.matches(NAME)) {
            return new Problem(
                    Reason.UNKNOWN,
                    "",
                    "There is an option whose name is none (not repeated here): " + docs + " lists all");
        }
        List<String> near = NearestNames.of(name, keys.keySet());
        String hint = near.isEmpty() ? "" : ", did you mean '" + String.join("' or '", near) + "'?";
        String text = "There is no option '" + name + "'" + hint + (hint.isEmpty() ? ": " : " ") + docs + " lists all";
        return new Problem(Reason.UNKNOWN, name, text);
    }

    /** Collects the options of a system. */
    public static final class Builder {
        private final String system;
        private final String docs;
        private final Map<String, OptionKey<?>> keys = new LinkedHashMap<>();
        private final Set<String> required = new LinkedHashSet<>();

        private Builder(String system, String docs) {
            this.system = system;
            this.docs = docs;
        }

        /** Adds a group of options. */
        public Builder add(List<OptionKey<?>> group) {
            group.forEach(this::add);
            return this;
        }

        /** Adds an option. */
        public Builder add(OptionKey<?> key) {
            if (keys.putIfAbsent(key.name(), key) != null) {
                throw new IllegalArgumentException("Option '" + key.name() + "' of " + system + " is declared twice");
            }
            return this;
        }

        /** Gives an option that was added before a default of this system's own. */
        public <T> Builder standard(OptionKey<T> key, T value) {
            return replace(key, key.defaultsTo(value));
        }

        /** Makes an option that was added before a required one. */
        public Builder require(OptionKey<?> key) {
            replace(key, key);
            required.add(key.name());
            return this;
        }

        private Builder replace(OptionKey<?> key, OptionKey<?> by) {
            OptionKey<?> before = keys.get(key.name());
            if (before == null || !before.isSameOption(key)) {
                throw new IllegalArgumentException("Add option '" + key.name() + "' of " + system + " first");
            }
            keys.put(key.name(), by);
            return this;
        }

        public OptionSet build() {
            return new OptionSet(this);
        }
    }
}
