package io.weir.core;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A number of bytes: {@code 64MiB} counts by 1024, {@code 512KB} by 1000, a bare number is bytes. */
final class SizeType extends OptionType<Long> {

    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,18})\\s*([a-z]*)");
    private static final Map<String, Long> UNITS = new LinkedHashMap<>();

    static {
        UNITS.put("GiB", 1L << 30);
        UNITS.put("MiB", 1L << 20);
        UNITS.put("KiB", 1L << 10);
        UNITS.put("GB", 1_000_000_000L);
        UNITS.put("MB", 1_000_000L);
        UNITS.put("KB", 1_000L);
        UNITS.put("B", 1L);
    }

    @Override
    String label() {
        return "size";
    }

    @Override
    String possible() {
        return "a size, such as 64MiB, 512KB or a number of bytes";
    }

    @Override
    @Nullable Long fromText(String text) {
        Matcher m = SHAPE.matcher(text.toLowerCase(Locale.ROOT));
        if (!m.matches()) {
            return null;
        }
        String unit = m.group(2).isEmpty() ? "b" : m.group(2);
        try {
            for (Map.Entry<String, Long> known : UNITS.entrySet()) {
                if (known.getKey().equalsIgnoreCase(unit)) {
                    return Math.multiplyExact(Long.parseLong(m.group(1)), known.getValue());
                }
            }
            return null;
        } catch (ArithmeticException e) {
            return null;
        }
    }

    @Override
    @Nullable Long fromObject(Object given) {
        boolean whole = given instanceof Long || given instanceof Integer;
        return whole && ((Number) given).longValue() >= 0 ? (Long) ((Number) given).longValue() : null;
    }

    @Override
    String format(Long value) {
        for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
            if (unit.getKey().endsWith("iB") && value > 0 && value % unit.getValue() == 0) {
                return value / unit.getValue() + unit.getKey();
            }
        }
        return value.toString();
    }

    @Override
    Comparator<Long> order() {
        return Comparator.naturalOrder();
    }
}
