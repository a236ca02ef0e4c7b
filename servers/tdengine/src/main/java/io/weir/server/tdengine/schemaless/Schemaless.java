package io.weir.server.tdengine.schemaless;

import io.weir.server.tdengine.json.Json;
import io.weir.server.tdengine.sql.Point;
import io.weir.server.tdengine.sql.TaosError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The three protocols as points. */
public final class Schemaless {

    private static final int LINE = 1;
    private static final int TELNET = 2;
    private static final int JSON = 3;
    private static final long FIRST_TIME_IN_MILLIS = 100_000_000_000L;

    private Schemaless() {}

    public static List<Point> parse(int protocol, String data, String precision, String tableKey) {
        return switch (protocol) {
            case LINE -> {
                TimeUnit unit = precision.isEmpty() ? TimeUnit.NANOS : TimeUnit.of(precision);
                yield lines(data).stream()
                        .map(line -> LineParser.parse(line, unit, tableKey))
                        .toList();
            }
            case TELNET ->
                lines(data).stream().map(line -> telnet(line, tableKey)).toList();
            case JSON -> json(data, tableKey);
            case 0 -> throw TaosError.adapter("schemaless write protocol is null");
            default -> throw new TaosError(0x3000, "Invalid line protocol type");
        };
    }

    private static List<String> lines(String data) {
        return data.lines().filter(line -> !line.isBlank()).toList();
    }

    /** {@code metric timestamp value tag=x …}; the time is in seconds or, from 12 digits on, in milliseconds. */
    private static Point telnet(String line, String tableKey) {
        List<String> words = new ArrayList<>(LineParser.split(line.trim(), ' '));
        words.removeIf(String::isEmpty);
        if (words.size() < 3) {
            throw LineParser.invalid(line);
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (String tag : words.subList(3, words.size())) {
            int equals = tag.indexOf('=');
            if (equals < 1) {
                throw LineParser.invalid(line);
            }
            tags.put(tag.substring(0, equals), tag.substring(equals + 1));
        }
        Object value = LineParser.value(words.get(2), line);
        return point(words.get(0), tableKey, tags, value, LineParser.number(words.get(1), line));
    }

    private static Point point(String metric, String tableKey, Map<String, String> tags, Object value, long time) {
        String table = tableKey.isEmpty() ? null : tags.remove(tableKey);
        TimeUnit unit = time < FIRST_TIME_IN_MILLIS ? TimeUnit.SECONDS : TimeUnit.MILLIS;
        return new Point(metric, table, tags, Map.of("_value", value), time == 0 ? null : unit.nanos(time));
    }

    private static List<Point> json(String data, String tableKey) {
        Object parsed;
        try {
            parsed = Json.parse(data);
        } catch (IllegalArgumentException e) {
            throw new TaosError(0x3001, "Invalid JSON");
        }
        List<Point> points = new ArrayList<>();
        for (Object item : parsed instanceof List<?> list ? list : List.of(parsed == null ? "" : parsed)) {
            if (!(item instanceof Map<?, ?> one)
                    || !(one.get("metric") instanceof String metric)
                    || !(one.get("timestamp") instanceof Long time)
                    || !(one.get("tags") instanceof Map<?, ?> given)) {
                throw LineParser.invalid(item);
            }
            Map<String, String> tags = new LinkedHashMap<>();
            given.forEach((name, value) -> tags.put(String.valueOf(name), String.valueOf(value)));
            points.add(point(metric, tableKey, tags, value(one.get("value")), time));
        }
        return points;
    }

    private static Object value(@Nullable Object value) {
        if (value == null || value instanceof Map<?, ?> || value instanceof List<?>) {
            throw LineParser.invalid(value);
        }
        // Without a type of its own a JSON number is a double.
        return value instanceof Long whole ? (Object) whole.doubleValue() : value;
    }
}
