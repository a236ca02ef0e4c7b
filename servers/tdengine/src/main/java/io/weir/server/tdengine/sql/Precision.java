package io.weir.server.tdengine.sql;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The unit of a database's timestamps. */
public enum Precision {
    MILLIS(0, "ms", 1_000L),
    MICROS(1, "us", 1_000_000L),
    NANOS(2, "ns", 1_000_000_000L);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final int number;
    private final String word;
    private final long perSecond;
    private final DateTimeFormatter shown;

    Precision(int number, String word, long perSecond) {
        this.number = number;
        this.word = word;
        this.perSecond = perSecond;
        String decimals = "S".repeat(Long.toString(perSecond).length() - 1);
        this.shown = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss." + decimals + "XXX", Locale.ROOT);
    }

    /** As the wire has it. */
    public int number() {
        return number;
    }

    public String word() {
        return word;
    }

    static Precision of(String word) {
        for (Precision precision : values()) {
            if (precision.word.equals(word.toLowerCase(Locale.ROOT))) {
                return precision;
            }
        }
        throw new TaosError(0x2600, "Invalid option precision: " + word + " ms, us, ns only allowed");
    }

    public long of(Instant instant) {
        return Math.addExact(
                Math.multiplyExact(instant.getEpochSecond(), perSecond),
                instant.getNano() / (NANOS_PER_SECOND / perSecond));
    }

    public Instant instant(long units) {
        return Instant.ofEpochSecond(
                Math.floorDiv(units, perSecond), Math.floorMod(units, perSecond) * (NANOS_PER_SECOND / perSecond));
    }

    /** A time as SQL writes it; without a zone of its own it is meant in the session's. */
    public long parse(String text, ZoneId zone) {
        String iso = text.trim().replace(' ', 'T').replaceAll("([+-][0-9]{2})([0-9]{2})$", "$1:$2");
        try {
            if (iso.length() <= 10) {
                return of(LocalDate.parse(iso)
                        .atTime(LocalTime.MIDNIGHT)
                        .atZone(zone)
                        .toInstant());
            }
            return of(
                    iso.matches(".*(Z|z|[+-][0-9]{2}:[0-9]{2})$")
                            ? OffsetDateTime.parse(iso.toUpperCase(Locale.ROOT)).toInstant()
                            : LocalDateTime.parse(iso).atZone(zone).toInstant());
        } catch (DateTimeParseException e) {
            throw new TaosError(0x0216, "syntax error near \"" + text + "\" (invalid timestamp)");
        }
    }

    /** RFC 3339 with as many decimals as the precision has. */
    public String format(long units, ZoneId zone) {
        return shown.format(instant(units).atZone(zone));
    }

    /** A time moved by {@code 3d} and the like. Months and years follow the calendar. */
    long plus(long units, long count, char unit, ZoneId zone) {
        if (unit == 'n' || unit == 'y') {
            ZonedDateTime from = instant(units).atZone(zone);
            return of(from.plus(count, unit == 'n' ? ChronoUnit.MONTHS : ChronoUnit.YEARS)
                    .toInstant());
        }
        return Math.addExact(units, span(count, unit));
    }

    /** So many of our units; months and years as 30 and 365 days. */
    long span(long count, char unit) {
        long nanos = switch (unit) {
            case 'b' -> 1L;
            case 'u' -> 1_000L;
            case 'a' -> 1_000_000L;
            case 's' -> NANOS_PER_SECOND;
            case 'm' -> 60 * NANOS_PER_SECOND;
            case 'h' -> 3600 * NANOS_PER_SECOND;
            case 'd' -> 86_400 * NANOS_PER_SECOND;
            case 'w' -> 7 * 86_400 * NANOS_PER_SECOND;
            case 'n' -> 30 * 86_400 * NANOS_PER_SECOND;
            default -> 365 * 86_400 * NANOS_PER_SECOND;
        };
        long unitNanos = NANOS_PER_SECOND / perSecond;
        return nanos >= unitNanos ? Math.multiplyExact(count, nanos / unitNanos) : count * nanos / unitNanos;
    }
}
