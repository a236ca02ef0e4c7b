package io.weir.core.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What dates, times and moments become. Null where a value can not; texts are ISO-8601 and always show the seconds. */
final class Times {

    private static final long NANOS = 1_000_000_000L;

    private Times() {}

    static @Nullable Object fromDate(LocalDate value, Target target) {
        return switch (target) {
            case LOCAL_DATE, OBJECT -> value;
            case LOCAL_DATE_TIME -> value.atStartOfDay();
            case STRING -> value.toString();
            default -> null;
        };
    }

    static @Nullable Object fromTime(LocalTime value, Target target) {
        return switch (target) {
            case LOCAL_TIME, OBJECT -> value;
            case STRING -> DateTimeFormatter.ISO_LOCAL_TIME.format(value);
            default -> null;
        };
    }

    static @Nullable Object fromDateTime(LocalDateTime value, Target target) {
        return switch (target) {
            case LOCAL_DATE_TIME, OBJECT -> value;
            case LOCAL_DATE -> value.toLocalDate();
            case LOCAL_TIME -> value.toLocalTime();
            case STRING -> DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(value);
            default -> null;
        };
    }

    static @Nullable Object fromCount(long count, PageShape shape, Target target) {
        return switch (target) {
            case LONG -> count;
            case INSTANT -> instant(count, shape);
            case OFFSET_DATE_TIME, OBJECT -> shown(count, shape);
            case ZONED_DATE_TIME -> ZonedDateTime.ofInstant(instant(count, shape), shape.zone());
            case LOCAL_DATE_TIME -> shown(count, shape).toLocalDateTime();
            case LOCAL_DATE -> shown(count, shape).toLocalDate();
            case LOCAL_TIME -> shown(count, shape).toLocalTime();
            case STRING -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(shown(count, shape));
            default -> null;
        };
    }

    /* No multiplication of the count itself: every long in every unit but seconds is then a valid instant. */
    private static Instant instant(long count, PageShape shape) {
        long perSecond = shape.countsPerSecond();
        long nanos = Math.floorMod(count, perSecond) * (NANOS / perSecond);
        return Instant.ofEpochSecond(Math.floorDiv(count, perSecond), nanos);
    }

    /* Step by step, because OffsetDateTime.ofInstant makes new rules for each call with a fixed offset. */
    private static OffsetDateTime shown(long count, PageShape shape) {
        Instant instant = instant(count, shape);
        ZoneOffset offset = shape.rules().getOffset(instant);
        return OffsetDateTime.of(
                LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), offset), offset);
    }
}
