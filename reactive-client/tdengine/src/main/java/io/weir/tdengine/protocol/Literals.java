package io.weir.tdengine.protocol;

import io.netty.buffer.ByteBufUtil;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Java values as literals of TDengine's SQL, for the places where a statement can have no placeholder. Every literal here
 * stands for exactly the value that it was made from, or is refused, and none can end early and let its rest be read as
 * SQL: in a text, quotes and backslashes have a backslash in front.
 *
 * <p>Moments are texts with a zone, dates and times without one are left to the session's zone.
 */
public final class Literals {

    /** The types whose values, and those of their subtypes, have literals; single values may still be refused. */
    public static final Set<Class<?>> TYPES = Set.of(
            CharSequence.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            Instant.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            LocalDateTime.class,
            LocalDate.class,
            ByteBuffer.class,
            byte[].class,
            UUID.class,
            Enum.class);

    private static final DateTimeFormatter LOCAL = new java.time.format.DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(java.time.temporal.ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT);

    /** No type of TDengine has more, and a hostile exponent is not to be spelled out. */
    private static final int MOST_DIGITS = 400;

    private Literals() {}

    /**
     * Why values of that type are refused.
     *
     * @return the text of an error
     */
    public static String refusal(Class<?> type) {
        return "A value of type " + type.getName()
                + " has no literal in TDengine: possible are String, Boolean, Byte, Short, Integer, Long, Float, Double,"
                + " BigInteger, BigDecimal, Instant, OffsetDateTime, ZonedDateTime, LocalDateTime, LocalDate, ByteBuffer,"
                + " byte[], UUID and enums";
    }

    /**
     * The literal of a value.
     *
     * @throws IllegalArgumentException if the value has none, saying what is possible; the value itself is not in the text
     */
    public static String render(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    /** Appends the literal of a value, see {@link #render}. */
    public static void append(StringBuilder out, @Nullable Object value) {
        if (value == null) {
            out.append("NULL");
        } else if (value instanceof CharSequence text) {
            text(out, text);
        } else if (value instanceof Boolean
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            out.append(value);
        } else if (value instanceof Double || value instanceof Float) {
            floating(out, ((Number) value).doubleValue(), value);
        } else if (value instanceof BigInteger number) {
            decimal(out, new BigDecimal(number));
        } else if (value instanceof BigDecimal number) {
            decimal(out, number);
        } else if (value instanceof Enum<?> constant) {
            text(out, constant.name());
        } else if (value instanceof UUID uuid) {
            text(out, uuid.toString());
        } else if (value instanceof byte[] bytes) {
            binary(out, bytes);
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            binary(out, copy);
        } else {
            time(out, value);
        }
    }

    private static void time(StringBuilder out, Object value) {
        if (value instanceof Instant moment) {
            moment(out, moment);
        } else if (value instanceof OffsetDateTime moment) {
            moment(out, moment.toInstant());
        } else if (value instanceof ZonedDateTime moment) {
            moment(out, moment.toInstant());
        } else if (value instanceof LocalDateTime local) {
            out.append('\'').append(LOCAL.format(inRange(local))).append('\'');
        } else if (value instanceof LocalDate date) {
            out.append('\'').append(inRange(date.atStartOfDay()).toLocalDate()).append('\'');
        } else {
            throw new IllegalArgumentException(refusal(value.getClass()));
        }
    }

    private static void moment(StringBuilder out, Instant moment) {
        inRange(LocalDateTime.ofEpochSecond(
                Math.max(-(1L << 40), Math.min(1L << 40, moment.getEpochSecond())), 0, java.time.ZoneOffset.UTC));
        out.append('\'').append(moment).append('\'');
    }

    private static LocalDateTime inRange(LocalDateTime time) {
        if (time.getYear() < 1 || time.getYear() > 9999) {
            throw new IllegalArgumentException("A time has a year from 1 to 9999, not " + time.getYear());
        }
        return time;
    }

    private static void text(StringBuilder out, CharSequence text) {
        out.append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("The text has a zero character at position " + i
                        + ", which would end the statement there: bind it to a placeholder");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
                continue;
            }
            if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("The text has half of a character at position " + i
                        + " (an unpaired surrogate): UTF-8 can not carry it");
            }
            if (c == '\'' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('\'');
    }

    private static void binary(StringBuilder out, byte[] bytes) {
        out.append(bytes.length == 0 ? "'" : "'\\x")
                .append(ByteBufUtil.hexDump(bytes))
                .append('\'');
    }

    private static void floating(StringBuilder out, double value, Object text) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("TDengine has no literal for " + text + ": bind it to a placeholder");
        }
        out.append(text);
    }

    private static void decimal(StringBuilder out, BigDecimal value) {
        if (value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > MOST_DIGITS) {
            throw new IllegalArgumentException("A number of " + value.precision() + " digits and scale " + value.scale()
                    + " does not fit TDengine, which has 38 digits");
        }
        out.append(value.toPlainString());
    }
}
