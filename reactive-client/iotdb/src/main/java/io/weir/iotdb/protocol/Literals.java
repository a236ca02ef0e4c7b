package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBufUtil;
import io.weir.core.TimePrecision;
import io.weir.iotdb.type.Dialect;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Java values as literals of IoTDB's SQL. IoTDB 2.0 has no bind parameters, so a value becomes part of the statement's
 * text: every literal here stands for exactly the value that it was made from, or is refused, and none can end early and
 * let its rest be read as SQL.
 *
 * <p>In both dialects a text is put in single quotes, a quote in it is doubled, and nothing else means anything: no
 * backslash, no line break, no comment. Moments become counts in the server's precision.
 */
public final class Literals {

    private static final String POSSIBLE =
            "possible are String, Boolean, Byte, Short, Integer, Long, Float, Double, BigInteger, BigDecimal, Instant,"
                    + " OffsetDateTime, ZonedDateTime, LocalDateTime, LocalDate, ByteBuffer, byte[], UUID and enums";

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

    private static final BigInteger LEAST_LONG = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger GREATEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);
    /** A longer number can not be exactly a double of sensible size; keeps hostile exponents from being spelled out. */
    private static final int MOST_DIGITS = 400;

    private final Dialect dialect;
    private final TimePrecision precision;
    private final ZoneId zone;

    /**
     * @param precision the server's
     * @param zone in which a date and time without a zone is meant: the session's
     */
    public Literals(Dialect dialect, TimePrecision precision, ZoneId zone) {
        this.dialect = dialect;
        this.precision = precision;
        this.zone = zone;
    }

    public ZoneId zone() {
        return zone;
    }

    /**
     * Why values of that type are refused.
     *
     * @return the text of an error
     */
    public static String refusal(Class<?> type) {
        return "A value of type " + type.getName() + " has no literal in IoTDB: " + POSSIBLE;
    }

    /**
     * The literal of a value.
     *
     * @throws IllegalArgumentException if the value has none, saying what is possible; the value itself is not in the text
     */
    public String render(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(out, value);
        return out.toString();
    }

    /** Appends the literal of a value, see {@link #render}. */
    public void append(StringBuilder out, @Nullable Object value) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof CharSequence text) {
            appendText(out, text);
        } else if (value instanceof Boolean
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte) {
            out.append(value);
        } else if (value instanceof Double number) {
            out.append(floating(number, number.toString()));
        } else if (value instanceof Float number) {
            out.append(floating(number, number.toString()));
        } else if (value instanceof BigInteger number) {
            out.append(whole(number));
        } else if (value instanceof BigDecimal number) {
            out.append(decimal(number));
        } else if (value instanceof Enum<?> constant) {
            appendText(out, constant.name());
        } else if (value instanceof UUID uuid) {
            appendText(out, uuid.toString());
        } else if (value instanceof byte[] bytes) {
            out.append("X'").append(ByteBufUtil.hexDump(bytes)).append('\'');
        } else if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            out.append("X'").append(ByteBufUtil.hexDump(copy)).append('\'');
        } else {
            appendTime(out, value);
        }
    }

    private void appendTime(StringBuilder out, Object value) {
        if (value instanceof Instant moment) {
            out.append(precision.toCount(moment));
        } else if (value instanceof OffsetDateTime moment) {
            out.append(precision.toCount(moment.toInstant()));
        } else if (value instanceof ZonedDateTime moment) {
            out.append(precision.toCount(moment.toInstant()));
        } else if (value instanceof LocalDateTime local) {
            out.append(precision.toCount(local.atZone(zone).toInstant()));
        } else if (value instanceof LocalDate date) {
            if (date.getYear() < 1000 || date.getYear() > 9999) {
                throw new IllegalArgumentException(
                        "IoTDB has dates from 1000-01-01 to 9999-12-31, " + date + " is none");
            }
            out.append('\'').append(date).append('\'');
        } else {
            throw new IllegalArgumentException(refusal(value.getClass()));
        }
    }

    private static void appendText(StringBuilder out, CharSequence text) {
        out.append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IllegalArgumentException("The text has half of a character at position " + i
                            + " (an unpaired surrogate): UTF-8 can not carry it");
                }
                out.append(c).append(text.charAt(++i));
                continue;
            }
            if (c == '\'') {
                out.append('\'');
            }
            out.append(c);
        }
        out.append('\'');
    }

    private String floating(double value, String text) {
        if (Double.isFinite(value)) {
            return text;
        }
        if (Double.isNaN(value)) {
            // The table dialect has no word for it, but reads the text where it puts a value into a column.
            return dialect == Dialect.TREE ? "NaN" : "'NaN'";
        }
        throw new IllegalArgumentException("IoTDB takes no infinite numbers: leave " + text + " out, or send null");
    }

    private static String whole(BigInteger value) {
        if (value.compareTo(LEAST_LONG) < 0 || value.compareTo(GREATEST_LONG) > 0) {
            throw new IllegalArgumentException("A whole number of " + value.bitLength()
                    + " bits does not fit IoTDB's largest type, INT64; send it as a text");
        }
        return value.toString();
    }

    private static String decimal(BigDecimal value) {
        if (value.precision() <= MOST_DIGITS && Math.abs((long) value.scale()) <= MOST_DIGITS) {
            if (value.stripTrailingZeros().scale() <= 0 && value.toBigInteger().bitLength() < Long.SIZE) {
                return value.toBigInteger().toString();
            }
            double near = value.doubleValue();
            if (Double.isFinite(near) && new BigDecimal(Double.toString(near)).compareTo(value) == 0) {
                return Double.toString(near);
            }
        }
        throw new IllegalArgumentException("A decimal of " + value.precision()
                + " digits would lose some of them: IoTDB has no decimals, only INT64 and DOUBLE; send it as a text");
    }
}
