package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.json.Json;
import io.weir.server.tdengine.json.JsonText;
import java.math.RoundingMode;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Functions of single values. Whether a name exists was found out by {@link Typing}. */
final class Functions {

    private final Moment moment;
    private final SqlSession session;

    Functions(Moment moment, SqlSession session) {
        this.moment = moment;
        this.session = session;
    }

    @Nullable Object call(String name, @Nullable Object[] arguments) {
        return switch (name) {
            case "now" -> moment.precision().of(moment.now());
            case "today" ->
                moment.precision()
                        .of(moment.now()
                                .atZone(moment.zone())
                                .truncatedTo(ChronoUnit.DAYS)
                                .toInstant());
            case "server_status" -> 1L;
            case "server_version", "client_version" -> session.engine().version();
            case "database" -> session.database();
            case "current_user" -> session.user() + "@127.0.0.1";
            case "timezone" -> moment.zone().getId();
            case "concat" -> Arrays.stream(arguments).map(String::valueOf).collect(Collectors.joining());
            default -> ofOne(name, arguments[0]);
        };
    }

    private static @Nullable Object ofOne(String name, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        return switch (name) {
            case "lower" -> Coercion.text(value).toLowerCase(Locale.ROOT);
            case "upper" -> Coercion.text(value).toUpperCase(Locale.ROOT);
            case "length" -> (long) Texts.utf8(Coercion.text(value)).length;
            case "char_length" -> Coercion.text(value).codePoints().count();
            case "sqrt" -> Math.sqrt(Coercion.decimal(value).doubleValue());
            default -> rounded(name, value);
        };
    }

    private static Object rounded(String name, Object value) {
        if (value instanceof Long whole) {
            return name.equals("abs") ? (Object) Math.abs(whole) : whole;
        } else if (name.equals("abs")) {
            return value instanceof Double real
                    ? (Object) Math.abs(real)
                    : Coercion.decimal(value).abs();
        }
        RoundingMode mode = switch (name) {
            case "floor" -> RoundingMode.FLOOR;
            case "ceil" -> RoundingMode.CEILING;
            default -> RoundingMode.HALF_UP;
        };
        double rounded = Coercion.decimal(value).setScale(0, mode).doubleValue();
        return value instanceof Float ? (Object) (float) rounded : rounded;
    }

    /** Operators on two texts. */
    static @Nullable Object texts(String operator, String left, String right) {
        return switch (operator) {
            case "like" -> left.matches(likePattern(right));
            case "match" -> Pattern.compile(right).matcher(left).find();
            case "contains" -> Json.parse(left) instanceof Map<?, ?> members && members.containsKey(right);
            default -> jsonMember(left, right);
        };
    }

    private static String likePattern(String pattern) {
        StringBuilder regex = new StringBuilder("(?s)");
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(pattern.substring(++i, i + 1)));
            } else if (c == '%') {
                regex.append(".*");
            } else {
                regex.append(c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }

    /** A number comes with nine decimals, a string with its quotes, a missing member as NULL. */
    private static @Nullable Object jsonMember(String json, String key) {
        if (!(Json.parse(json) instanceof Map<?, ?> members) || !members.containsKey(key)) {
            return null;
        }
        Object value = members.get(key);
        return value instanceof Number number
                ? String.format(Locale.ROOT, "%.9f", number.doubleValue())
                : JsonText.of(value);
    }
}
