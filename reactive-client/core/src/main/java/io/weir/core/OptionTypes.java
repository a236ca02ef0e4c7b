package io.weir.core;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types that need no file of their own. */
final class OptionTypes {

    static final OptionType<String> TEXT = new Read<>("text", "a text", String.class, t -> t, t -> t);

    static final OptionType<Boolean> BOOLEAN =
            new Read<>("true or false", "true or false", Boolean.class, OptionTypes::booleanOf, String::valueOf);

    static final OptionType<ZoneId> ZONE = new Read<>(
            "zone",
            "a time zone, such as Europe/Berlin, +08:00 or UTC",
            ZoneId.class,
            OptionTypes::zoneOf,
            ZoneId::getId);

    static final OptionType<Path> FILE =
            new Read<>("file", "the path of a file", Path.class, OptionTypes::pathOf, Path::toString);

    static final OptionType<Integer> INTEGER = new Whole<>(n -> n == n.intValue() ? n.intValue() : null);

    static final OptionType<Long> LONG = new Whole<>(n -> n);

    static final OptionType<List<HostPort>> HOSTS = new Hosts();

    private OptionTypes() {}

    static <E extends Enum<E>> OptionType<E> choice(Class<E> type) {
        List<E> all = List.of(type.getEnumConstants());
        String names = all.stream().map(OptionTypes::kebab).collect(Collectors.joining(", "));
        return new Read<>(names, "one of " + names, type, text -> constant(all, text), OptionTypes::kebab);
    }

    private static <E extends Enum<E>> @Nullable E constant(List<E> all, String text) {
        String wanted = text.toLowerCase(Locale.ROOT).replace('_', '-');
        for (E each : all) {
            if (kebab(each).equals(wanted)) {
                return each;
            }
        }
        return null;
    }

    private static String kebab(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code Boolean.valueOf} would take a typing error for false. */
    private static @Nullable Boolean booleanOf(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static @Nullable ZoneId zoneOf(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static @Nullable Path pathOf(String text) {
        try {
            return text.isBlank() ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** Reads a text with a function, and takes an object that already has the type. */
    private static final class Read<T> extends OptionType<T> {
        private final String label;
        private final String possible;
        private final Class<T> type;
        private final Function<String, @Nullable T> read;
        private final Function<T, String> write;

        Read(
                String label,
                String possible,
                Class<T> type,
                Function<String, @Nullable T> read,
                Function<T, String> write) {
            this.label = label;
            this.possible = possible;
            this.type = type;
            this.read = read;
            this.write = write;
        }

        @Override
        String label() {
            return label;
        }

        @Override
        String possible() {
            return possible;
        }

        @Override
        @Nullable T fromText(String text) {
            return read.apply(text);
        }

        @Override
        @Nullable T fromObject(Object given) {
            return type.isInstance(given) ? type.cast(given) : null;
        }

        @Override
        String format(T value) {
            return write.apply(value);
        }
    }

    /** Whole numbers; what does not fit is refused, never cut off. */
    private static final class Whole<T extends Number & Comparable<T>> extends OptionType<T> {
        private final Function<Long, @Nullable T> narrow;

        Whole(Function<Long, @Nullable T> narrow) {
            this.narrow = narrow;
        }

        @Override
        String label() {
            return "number";
        }

        @Override
        String possible() {
            return "a whole number";
        }

        @Override
        @Nullable T fromText(String text) {
            try {
                return narrow.apply(Long.valueOf(text));
            } catch (NumberFormatException e) {
                return null;
            }
        }

        @Override
        @Nullable T fromObject(Object given) {
            boolean whole = given instanceof Integer || given instanceof Long || given instanceof Short;
            return whole ? narrow.apply(((Number) given).longValue()) : null;
        }

        @Override
        Comparator<T> order() {
            return Comparator.naturalOrder();
        }
    }

    /** A list of hosts; what is wrong with one is never repeated, see {@link OptionKey}. */
    private static final class Hosts extends OptionType<List<HostPort>> {

        @Override
        String label() {
            return "hosts";
        }

        @Override
        String possible() {
            return HostPort.POSSIBLE;
        }

        @Override
        @Nullable List<HostPort> fromText(String text) {
            return HostPort.parseList(text);
        }

        @Override
        @Nullable List<HostPort> fromObject(Object given) {
            List<?> list = given instanceof List<?> many ? many : List.of(given);
            boolean hosts = !list.isEmpty() && list.stream().allMatch(HostPort.class::isInstance);
            return hosts ? list.stream().map(HostPort.class::cast).toList() : null;
        }

        @Override
        String format(List<HostPort> value) {
            return HostPort.format(value);
        }
    }
}
