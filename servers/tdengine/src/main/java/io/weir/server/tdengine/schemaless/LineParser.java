package io.weir.server.tdengine.schemaless;

import io.weir.server.tdengine.sql.Point;
import io.weir.server.tdengine.sql.TaosError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** InfluxDB's lines: {@code measurement,tag=x value=1i,text="a" 1700000000}. */
final class LineParser {

    private LineParser() {}

    static Point parse(String line, TimeUnit unit, String tableKey) {
        List<String> words = split(line, ' ');
        words.removeIf(String::isEmpty);
        if (words.size() < 2 || words.size() > 3) {
            throw invalid(line);
        }
        List<String> head = split(words.get(0), ',');
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : head.subList(1, head.size())) {
            String[] pair = pair(tag, line);
            tags.put(pair[0], plain(pair[1]));
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (String field : split(words.get(1), ',')) {
            String[] pair = pair(field, line);
            values.put(pair[0], value(pair[1], line));
        }
        Long time = words.size() == 3 ? unit.nanos(number(words.get(2), line)) : null;
        String table = tableKey.isEmpty() ? null : tags.remove(tableKey);
        return new Point(plain(head.get(0)), table, tags, values, time);
    }

    private static String[] pair(String text, String line) {
        List<String> parts = split(text, '=');
        if (parts.size() != 2 || parts.get(0).isEmpty()) {
            throw invalid(line);
        }
        return new String[] {plain(parts.get(0)), parts.get(1)};
    }

    /** Cuts at a character that stands outside of quotes and is not escaped. */
    static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                part.append(c).append(text.charAt(++i));
            } else if (c == at && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                quoted ^= c == '"';
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    static String plain(String text) {
        return text.replaceAll("\\\\(.)", "$1");
    }

    /** A field's value by its suffix. */
    static Object value(String text, String line) {
        if (text.length() >= 2 && text.endsWith("\"") && text.indexOf('"') <= 1) {
            return plain(text.substring(text.indexOf('"') + 1, text.length() - 1));
        } else if (text.matches("(?i)t|true|f|false")) {
            return text.toLowerCase(Locale.ROOT).startsWith("t");
        } else if (text.matches("-?[0-9]+(i|i8|i16|i32|i64)")) {
            return number(text.substring(0, text.indexOf('i')), line);
        } else if (text.matches("[0-9]+(u|u8|u16|u32|u64)")) {
            return new BigInteger(text.substring(0, text.indexOf('u')));
        }
        try {
            return new BigDecimal(text.replaceAll("(f32|f64)$", "")).doubleValue();
        } catch (NumberFormatException e) {
            throw invalid(line);
        }
    }

    static long number(String text, String line) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw invalid(line);
        }
    }

    static TaosError invalid(@Nullable Object what) {
        return new TaosError(0x3002, "Invalid data format: " + what);
    }
}
