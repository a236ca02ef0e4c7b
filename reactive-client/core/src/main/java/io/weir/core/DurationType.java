package io.weir.core;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code 500ms}, {@code 10s}, {@code PT10S}; a number without a unit is refused, because everybody reads it differently. */
final class DurationType extends OptionType<Duration> {

    private static final Pattern SHORT = Pattern.compile("([0-9]{1,18})(ns|us|ms|s|m|h|d)");
    private static final Map<String, Duration> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("d", Duration.ofDays(1));
        UNITS.put("h", Duration.ofHours(1));
        UNITS.put("m", Duration.ofMinutes(1));
        UNITS.put("s", Duration.ofSeconds(1));
        UNITS.put("ms", Duration.ofMillis(1));
        UNITS.put("us", Duration.ofNanos(1_000));
        UNITS.put("ns", Duration.ofNanos(1));
    }

    /** Clocks count nanoseconds in a long: about 292 years. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    @Override
    String label() {
        return "duration";
    }

    @Override
    String possible() {
        return "a duration with its unit, such as 500ms, 10s, 2m, 1h, 1d, PT10S or 0s";
    }

    @Override
    @Nullable Duration fromText(String text) {
        Matcher m = SHORT.matcher(text);
        try {
            if (!m.matches()) {
                return fromObject(Duration.parse(text));
            }
            Duration unit = UNITS.getOrDefault(m.group(2), Duration.ZERO);
            return fromObject(unit.multipliedBy(Long.parseLong(m.group(1))));
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    @Override
    @Nullable Duration fromObject(Object given) {
        return given instanceof Duration d && !d.isNegative() && d.compareTo(LONGEST) <= 0 ? d : null;
    }

    @Override
    String format(Duration value) {
        if (value.isZero()) {
            return "0s";
        }
        long nanos = value.toNanos();
        for (Map.Entry<String, Duration> unit : UNITS.entrySet()) {
            long size = unit.getValue().toNanos();
            if (nanos % size == 0) {
                return nanos / size + unit.getKey();
            }
        }
        throw new AssertionError("every duration is a number of nanoseconds");
    }

    @Override
    Comparator<Duration> order() {
        return Comparator.naturalOrder();
    }
}
