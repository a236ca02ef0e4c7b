package io.weir.core;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What one step of a server's time stamps is. A session learns it from its server. */
public enum TimePrecision {
    MILLISECONDS("ms", ChronoUnit.MILLIS, 1_000L),
    MICROSECONDS("us", ChronoUnit.MICROS, 1_000_000L),
    NANOSECONDS("ns", ChronoUnit.NANOS, 1_000_000_000L);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final String wireName;
    private final ChronoUnit unit;
    private final long perSecond;

    TimePrecision(String wireName, ChronoUnit unit, long perSecond) {
        this.wireName = wireName;
        this.unit = unit;
        this.perSecond = perSecond;
    }

    /** The server's own name: {@code ms}, {@code us} or {@code ns}. */
    public String wireName() {
        return wireName;
    }

    /** One step. */
    public ChronoUnit unit() {
        return unit;
    }

    /** Steps per second: a thousand, a million or a thousand million. */
    public long perSecond() {
        return perSecond;
    }

    /**
     * The precision of that name.
     *
     * @throws IllegalArgumentException if it is none of {@code ms}, {@code us} and {@code ns}
     */
    public static TimePrecision ofWireName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (TimePrecision precision : values()) {
            if (precision.wireName.equals(lower)) {
                return precision;
            }
        }
        throw new IllegalArgumentException("The server's time precision is '" + name + "'; known are ms, us and ns");
    }

    /**
     * A moment as a count of steps.
     *
     * @throws IllegalArgumentException if the moment is finer than this precision, or too far away for 64 bits
     */
    public long toCount(Instant moment) {
        long nanosPerStep = NANOS_PER_SECOND / perSecond;
        if (moment.getNano() % nanosPerStep != 0) {
            throw new IllegalArgumentException("The time " + moment + " is finer than this server's precision ("
                    + wireName + "): truncate it first");
        }
        try {
            if (moment.getEpochSecond() < 0 && moment.getNano() > 0) {
                // Counted down from the next second, so that the smallest possible moment does not overflow on its way.
                long whole = Math.multiplyExact(moment.getEpochSecond() + 1, perSecond);
                return Math.addExact(whole, (moment.getNano() - NANOS_PER_SECOND) / nanosPerStep);
            }
            return Math.addExact(
                    Math.multiplyExact(moment.getEpochSecond(), perSecond), moment.getNano() / nanosPerStep);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "The time " + moment + " does not fit 64 bits in this server's precision (" + wireName + ")", e);
        }
    }

    /** The moment that a count of steps stands for. */
    public Instant toInstant(long count) {
        long seconds = Math.floorDiv(count, perSecond);
        long steps = Math.floorMod(count, perSecond);
        return Instant.ofEpochSecond(seconds, steps * (NANOS_PER_SECOND / perSecond));
    }
}
