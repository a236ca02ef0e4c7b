package io.weir.core;

import io.weir.core.InvalidOptionsException.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The values that somebody gave to the options of a system, checked. Immutable; {@link #toString()} shows a secret as
 * stars, and always as many.
 */
public final class Options {

    private final OptionSet set;
    private final Map<String, Object> values;

    private Options(OptionSet set, Map<String, Object> values) {
        this.set = set;
        this.values = values;
    }

    /** The options that exist. */
    public OptionSet set() {
        return set;
    }

    /**
     * The value that was given, or the default.
     *
     * @throws IllegalStateException if there is neither: use {@link #find} for an option that may be absent
     */
    public <T> T get(OptionKey<T> key) {
        T value = find(key);
        if (value == null) {
            throw new IllegalStateException(
                    "Option '" + key.name() + "' of " + set.system() + " was not given and has no default");
        }
        return value;
    }

    /** The value that was given, or the default, or null. */
    public <T> @Nullable T find(OptionKey<T> key) {
        OptionKey<T> own = set.own(key);
        Object value = values.get(own.name());
        return value == null ? own.standard() : own.cast(value);
    }

    /** Whether it was given; a default does not count. */
    public boolean isSet(OptionKey<?> key) {
        return values.containsKey(set.own(key).name());
    }

    /** Every value that was given, with its option; in clear, also the secrets. */
    public void forEach(BiConsumer<OptionKey<?>, Object> action) {
        for (OptionKey<?> key : set.keys()) {
            Object value = values.get(key.name());
            if (value != null) {
                action.accept(key, value);
            }
        }
    }

    /** A builder that holds these values. */
    public Builder toBuilder() {
        Builder builder = new Builder(set);
        builder.given.putAll(values);
        return builder;
    }

    /** What was given, in the order of the docs; secrets as stars. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", set.system() + " {", "}");
        forEach((key, value) -> text.add(key.name() + "=" + shown(key)));
        return text.toString();
    }

    private <T> String shown(OptionKey<T> key) {
        return key.show(get(key));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Options o && set == o.set && values.equals(o.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Collects values; checks them all at the end. Confined to one thread. */
    public static final class Builder {
        private final OptionSet set;
        private final Map<String, Object> given = new LinkedHashMap<>();
        private @Nullable String url;

        Builder(OptionSet set) {
            this.set = set;
        }

        /**
         * Takes what a URL says, such as {@code iotdb://user:password@h1:6667,h2/database?fetchSize=500} or the same with
         * {@code r2dbc:} in front; {@code iotdbs:} and {@code r2dbcs:} mean TLS. A value that is set by {@code set} wins,
         * whichever comes first. A special character in the password is percent-encoded ({@code %23} for {@code #}); a
         * plus is a plus.
         */
        public Builder url(String url) {
            this.url = Objects.requireNonNull(url, "url");
            return this;
        }

        /** Sets an option; a value set before is replaced. */
        public <T> Builder set(OptionKey<T> key, T value) {
            return set(set.own(key).name(), value);
        }

        /**
         * Sets an option by its name.
         *
         * @param value of the option's type, or a text that means one
         */
        public Builder set(String name, Object value) {
            given.put(name, Objects.requireNonNull(value, "value"));
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidOptionsException naming all that is wrong
         */
        public Options build() {
            List<Problem> problems = new ArrayList<>();
            Map<String, Object> all = url == null ? new LinkedHashMap<>() : ConnectionUrl.read(url, set, problems);
            if (given.containsKey(CommonOptions.SSL.name()) || given.containsKey(CommonOptions.SSL_MODE.name())) {
                // The two say the same thing in two ways: what the builder says of one replaces both.
                all.keySet().removeAll(List.of(CommonOptions.SSL.name(), CommonOptions.SSL_MODE.name()));
            }
            all.putAll(given);
            Map<String, Object> values = set.read(all, problems);
            TlsOptions.check(values, problems);
            checkCredentials(values, problems);
            if (!problems.isEmpty()) {
                throw new InvalidOptionsException(set.system(), problems);
            }
            return new Options(set, values);
        }

        private static void checkCredentials(Map<String, Object> values, List<Problem> problems) {
            for (OptionKey<?> key : List.of(CommonOptions.USER, CommonOptions.PASSWORD)) {
                if (values.containsKey(CommonOptions.CREDENTIALS.name()) && values.containsKey(key.name())) {
                    problems.add(new Problem(
                            InvalidOptionsException.Reason.CONFLICT,
                            key.name(),
                            "Options '" + key.name() + "' and '" + CommonOptions.CREDENTIALS.name()
                                    + "' both say who logs in: give one of them"));
                }
            }
        }
    }
}
