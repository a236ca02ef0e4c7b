package io.weir.core;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option, declared once: name, type, default, what it means. The builder, the URL, the R2DBC options, the texts of
 * errors and the table in the docs all come from this declaration.
 *
 * <pre>{@code
 * static final OptionKey<Duration> CONNECT_TIMEOUT = OptionKey.duration("connectTimeout", "How long TCP, TLS and login may take together.")
 *         .between(Duration.ofMillis(1), Duration.ofDays(1))
 *         .defaultsTo(Duration.ofSeconds(10));
 * }</pre>
 *
 * <p>Every option takes its value as a text too, because that is how it comes by URL. Immutable.
 *
 * @param <T> the type of its values
 */
public final class OptionKey<T> {

    /** What stands for a secret wherever options are shown; always as long, so that it does not tell the length. */
    static final String MASK = "****";

    /** Whether, and where, a value may be shown. */
    private enum Shown {
        ALWAYS,
        /** Not in errors: a badly written URL brings a piece of the password here. */
        UNLESS_WRONG,
        NEVER
    }

    private record Range<T>(T least, T most) {}

    private final String name;
    private final OptionType<T> type;
    private final String meaning;
    private final @Nullable T standard;
    private final @Nullable String standardText;
    private final @Nullable Range<T> range;
    private final Shown shown;

    private OptionKey(
            String name,
            OptionType<T> type,
            String meaning,
            @Nullable T standard,
            @Nullable String standardText,
            @Nullable Range<T> range,
            Shown shown) {
        this.name = name;
        this.type = type;
        this.meaning = meaning;
        this.standard = standard;
        this.standardText = standardText;
        this.range = range;
        this.shown = shown;
    }

    private static <T> OptionKey<T> of(String name, OptionType<T> type, String meaning, Shown shown) {
        if (!name.matches("[a-z][A-Za-z0-9]*") || meaning.isBlank()) {
            throw new IllegalArgumentException("An option needs a camelCase name and a meaning, unlike '" + name + "'");
        }
        return new OptionKey<>(name, type, meaning, null, null, null, shown);
    }

    /** Any text, the empty one included. */
    public static OptionKey<String> text(String name, String meaning) {
        return of(name, OptionTypes.TEXT, meaning, Shown.ALWAYS);
    }

    /** A text that is never shown: not in errors, not in {@code toString}, not in logs. */
    public static OptionKey<String> secret(String name, String meaning) {
        return of(name, OptionTypes.TEXT, meaning, Shown.NEVER);
    }

    /** A source of credentials, or a Publisher or Supplier of them; from code only, and never shown. */
    public static OptionKey<CredentialsSource> credentials(String name, String meaning) {
        return of(name, new CredentialsType(), meaning, Shown.NEVER);
    }

    /** {@code true} or {@code false}, in any case; nothing else. */
    public static OptionKey<Boolean> bool(String name, String meaning) {
        return of(name, OptionTypes.BOOLEAN, meaning, Shown.ALWAYS);
    }

    /** A whole number of 32 bits. */
    public static OptionKey<Integer> integer(String name, String meaning) {
        return of(name, OptionTypes.INTEGER, meaning, Shown.ALWAYS);
    }

    /** A whole number of 64 bits. */
    public static OptionKey<Long> wide(String name, String meaning) {
        return of(name, OptionTypes.LONG, meaning, Shown.ALWAYS);
    }

    /** A number of bytes: {@code 64MiB} (by 1024), {@code 512KB} (by 1000) or {@code 65536}. */
    public static OptionKey<Long> size(String name, String meaning) {
        return of(name, new SizeType(), meaning, Shown.ALWAYS);
    }

    /** A duration with its unit, {@code 10s} or {@code PT10S}; zero is {@code 0s}, less is refused. */
    public static OptionKey<Duration> duration(String name, String meaning) {
        return of(name, new DurationType(), meaning, Shown.ALWAYS);
    }

    /** A constant of an enum, written {@code like-this}, in any case. */
    public static <E extends Enum<E>> OptionKey<E> choice(String name, Class<E> type, String meaning) {
        return of(name, OptionTypes.choice(type), meaning, Shown.ALWAYS);
    }

    /** A time zone. */
    public static OptionKey<ZoneId> zone(String name, String meaning) {
        return of(name, OptionTypes.ZONE, meaning, Shown.ALWAYS);
    }

    /** The path of a file; whether it exists is found out by whoever opens it. */
    public static OptionKey<Path> file(String name, String meaning) {
        return of(name, OptionTypes.FILE, meaning, Shown.ALWAYS);
    }

    /** One host or several: {@code h1:6667,[::1]:6667,h3}. */
    public static OptionKey<List<HostPort>> hosts(String name, String meaning) {
        return of(name, OptionTypes.HOSTS, meaning, Shown.UNLESS_WRONG);
    }

    /** A port, 1 to 65535. */
    public static OptionKey<Integer> port(String name, String meaning) {
        return of(name, OptionTypes.INTEGER, meaning, Shown.UNLESS_WRONG).between(1, 65535);
    }

    /**
     * The same option with a default.
     *
     * @throws IllegalArgumentException if the option itself would refuse that value
     */
    public OptionKey<T> defaultsTo(T value) {
        T checked = convert(value);
        if (checked == null) {
            throw new IllegalArgumentException("The default of option '" + name + "' must be " + possible());
        }
        return new OptionKey<>(name, type, meaning, checked, null, range, shown);
    }

    /** The same option, whose default is not a value but a rule, such as "the server's zone": a text for the docs. */
    public OptionKey<T> defaultsToRule(String rule) {
        return new OptionKey<>(name, type, meaning, null, rule, range, shown);
    }

    /** The same option, its values limited; both ends are possible. Only for types that have an order. */
    public OptionKey<T> between(T least, T most) {
        if (type.order() == null || standard != null) {
            throw new IllegalStateException(
                    "Option '" + name + "' takes a range only if its type has an order, and before its default");
        }
        return new OptionKey<>(name, type, meaning, null, standardText, new Range<>(least, most), shown);
    }

    /** The name, as in the query of a URL. */
    public String name() {
        return name;
    }

    /** One sentence: what it does. */
    public String meaning() {
        return meaning;
    }

    /** The type or the possible words, for the docs: {@code duration}, {@code true or false}. */
    public String typeLabel() {
        return range == null ? type.label() : type.label() + ", " + span(range);
    }

    /** What applies if it is not given, for the docs; empty if nothing does. */
    public String defaultText() {
        if (standardText != null) {
            return standardText;
        }
        return standard == null ? "" : show(standard);
    }

    /** Whether its value is never shown. */
    public boolean isSecret() {
        return shown == Shown.NEVER;
    }

    /** Whether this value, of its type or as a text, is possible. */
    public boolean accepts(Object given) {
        return convert(given) != null;
    }

    /** Name and type; never a value. */
    @Override
    public String toString() {
        return name + " (" + typeLabel() + ")";
    }

    @Nullable T standard() {
        return standard;
    }

    /** Whether both read their values alike, so that a value of one is a value of the other. */
    boolean isSameOption(OptionKey<?> other) {
        return name.equals(other.name) && type == other.type;
    }

    /** The value that a text or an object means; null if it is not possible. */
    @Nullable T convert(Object given) {
        T value = given instanceof CharSequence text ? type.fromText(text.toString()) : type.fromObject(given);
        return value == null || !isInRange(value) ? null : value;
    }

    /** A value of this option that was {@link #convert converted} before. */
    @SuppressWarnings("unchecked") // Options keeps only what the key of this name and type has converted
    T cast(Object converted) {
        return (T) converted;
    }

    /** A text that {@link #convert} turns back into an equal value. In clear, also a secret. */
    String format(T value) {
        return type.format(value);
    }

    /** A value for human eyes. */
    String show(T value) {
        return isSecret() ? MASK : type.format(value);
    }

    /** The text of an error about a wrong value: which option, what was given (where that is harmless), what is possible. */
    String refusal(Object given) {
        return switch (shown) {
            case ALWAYS -> "Option '" + name + "' can not be '" + given + "': give " + possible();
            case UNLESS_WRONG ->
                "Option '" + name + "' has a value that is not possible: give " + possible()
                        + " (a special character in the password of a URL must be encoded: %23 for #, %2F for /)";
            case NEVER -> "Option '" + name + "' has a value that is not possible: give " + possible();
        };
    }

    private String possible() {
        return range == null ? type.possible() : type.possible() + ", " + span(range);
    }

    private String span(Range<T> range) {
        return type.format(range.least) + " to " + type.format(range.most);
    }

    private boolean isInRange(T value) {
        Comparator<T> order = type.order();
        return range == null
                || order == null
                || (order.compare(value, range.least) >= 0 && order.compare(value, range.most) <= 0);
    }
}
