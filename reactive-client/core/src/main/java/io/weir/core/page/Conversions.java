package io.weir.core.page;

import io.weir.core.Kind;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one conversion matrix: what a value of each {@link Kind} can become. A conversion keeps every digit or is refused;
 * what it yields is independent of the page. {@code docs/conversions.md} shows the whole matrix and is kept current by a
 * test.
 */
final class Conversions {

    private static final Map<Kind, Set<Target>> POSSIBLE = possibilities();

    private Conversions() {}

    /** What a kind can become, in the order in which it is to be listed. */
    static Set<Target> possible(Kind kind) {
        return POSSIBLE.getOrDefault(kind, Set.of());
    }

    /**
     * Converts a value that is not null.
     *
     * @throws IllegalArgumentException naming the column, what is wrong and what is possible
     */
    static Object convert(AbstractRow row, int column, Class<?> type) {
        Kind kind = row.shape().kind(column);
        Target target = Target.of(type);
        Object value;
        try {
            value = attempt(row, column, kind, target, type);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    name(row, column) + " can not become " + type.getSimpleName() + ": " + e.getMessage(), e);
        }
        if (value == null) {
            throw refusal(row, column, kind, target, type);
        }
        return value;
    }

    /** A column as error texts name it. */
    static String name(AbstractRow row, int column) {
        return "Column " + column + " '" + row.columns().get(column).name() + "' ("
                + row.shape().kind(column) + ")";
    }

    /** Null where this value can not become that type, be it never or only not without loss. */
    private static @Nullable Object attempt(AbstractRow row, int column, Kind kind, Target target, Class<?> type) {
        return switch (kind) {
            case BOOLEAN -> Plain.fromBoolean(row.booleanAt(column), target);
            case INT8, INT16, INT32, INT64 -> Numbers.fromLong(row.longAt(column), natural(kind, target));
            case FLOAT -> Numbers.fromFloat((float) row.doubleAt(column), target);
            case DOUBLE -> Numbers.fromDouble(row.doubleAt(column), target);
            case DECIMAL -> Numbers.fromDecimal(row.decimalAt(column), target);
            case TEXT -> Plain.fromText(row, column, target, type);
            case BINARY -> Plain.fromBytes(row.bytesAt(column), target);
            case DATE -> Times.fromDate(row.dateAt(column), target);
            case TIME -> Times.fromTime(row.timeAt(column), target);
            case DATETIME -> Times.fromDateTime(row.dateTimeAt(column), target);
            case TIMESTAMP -> Times.fromCount(row.longAt(column), row.shape(), target);
        };
    }

    /* All whole numbers travel as long, so "what it is by itself" has to be settled before. */
    private static Target natural(Kind kind, Target target) {
        return target == Target.OBJECT || target == Target.NUMBER ? Target.of(kind.javaType()) : target;
    }

    private static IllegalArgumentException refusal(
            AbstractRow row, int column, Kind kind, Target target, Class<?> type) {
        String possible = possible(kind).stream().map(Target::label).collect(Collectors.joining(", "));
        if (!possible(kind).contains(target)) {
            return new IllegalArgumentException(name(row, column) + " can not become " + type.getTypeName()
                    + ": possible for " + kind + " are " + possible);
        }
        return new IllegalArgumentException(name(row, column) + ": " + shown(row, column, kind)
                + " can not become " + type.getTypeName() + loss(target, type) + ": possible for " + kind
                + ", where the value fits, are " + possible);
    }

    private static String loss(Target target, Class<?> type) {
        return switch (target) {
            case ENUM ->
                ", whose constants are "
                        + Arrays.stream(type.getEnumConstants())
                                .map(c -> ((Enum<?>) c).name())
                                .collect(Collectors.joining(", ", "[", "]"));
            case UUID -> ", which is written as 8-4-4-4-12 hexadecimal digits";
            case BOOLEAN -> ", which is 0 or 1, or as text true or false";
            default -> " without losing digits";
        };
    }

    /* Numbers help and are shown; a text may be anything, and an error is no place for it. */
    private static String shown(AbstractRow row, int column, Kind kind) {
        return kind == Kind.TEXT ? "this text" : "the value " + convert(row, column, String.class);
    }

    private static Map<Kind, Set<Target>> possibilities() {
        EnumSet<Target> numbers = EnumSet.range(Target.BYTE, Target.NUMBER);
        EnumSet<Target> local = EnumSet.of(Target.LOCAL_DATE_TIME, Target.LOCAL_DATE, Target.LOCAL_TIME);
        EnumSet<Target> whole = EnumSet.copyOf(numbers);
        whole.add(Target.BOOLEAN);
        EnumSet<Target> text = EnumSet.copyOf(whole);
        text.addAll(EnumSet.of(Target.UUID, Target.ENUM, Target.BYTE_BUFFER, Target.BYTES));
        EnumSet<Target> moment = EnumSet.copyOf(local);
        moment.addAll(EnumSet.of(Target.LONG, Target.OFFSET_DATE_TIME, Target.ZONED_DATE_TIME, Target.INSTANT));

        Map<Kind, Set<Target>> all = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            EnumSet<Target> row = EnumSet.copyOf(
                    switch (kind) {
                        case BOOLEAN -> EnumSet.of(Target.BOOLEAN);
                        case INT8, INT16, INT32, INT64 -> whole;
                        case FLOAT, DOUBLE, DECIMAL -> numbers;
                        case TEXT -> text;
                        case BINARY -> EnumSet.of(Target.BYTE_BUFFER, Target.BYTES);
                        case DATE -> EnumSet.of(Target.LOCAL_DATE_TIME, Target.LOCAL_DATE);
                        case TIME -> EnumSet.of(Target.LOCAL_TIME);
                        case DATETIME -> local;
                        case TIMESTAMP -> moment;
                    });
            row.add(Target.OBJECT);
            if (kind != Kind.BINARY) {
                row.add(Target.STRING);
            }
            all.put(kind, Collections.unmodifiableSet(row));
        }
        return all;
    }

    /** The bytes between position and limit, of no page any more. */
    static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }
}
