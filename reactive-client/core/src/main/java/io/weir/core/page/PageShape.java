package io.weir.core.page;

import io.weir.core.Column;
import io.weir.core.Columns;
import io.weir.core.Kind;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What all pages of one result have in common. Made once per result, shared by its pages. */
public final class PageShape {

    /*
     * How a value is stored, as one small number per column: the fast readers compare it instead of asking a Kind.
     * INT and LONG come first, so that "any whole number or raw time" is one comparison.
     */
    static final byte INT = 0;
    static final byte LONG = 1;
    static final byte FLOATING = 2;
    static final byte BOOLEAN = 3;
    static final byte TEXT = 4;
    static final byte OTHER = 5;

    private final Columns columns;
    private final Kind[] kinds;
    private final byte[] routes;
    private final ChronoUnit unit;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final long countsPerSecond;

    private PageShape(Columns columns, ChronoUnit unit, ZoneId zone) {
        List<Column> list = columns.asList();
        this.columns = columns;
        this.kinds = new Kind[list.size()];
        this.routes = new byte[list.size()];
        for (int i = 0; i < kinds.length; i++) {
            kinds[i] = list.get(i).kind();
            routes[i] = route(kinds[i]);
        }
        this.unit = unit;
        this.zone = zone;
        this.rules = zone.getRules();
        this.countsPerSecond = TimeUnit.of(unit).convert(1, TimeUnit.SECONDS);
    }

    /**
     * Describes a result.
     *
     * @param columns its columns
     * @param unit what a raw value of {@link Kind#TIMESTAMP} counts since 1970: SECONDS, MILLIS, MICROS or NANOS
     * @param zone the session's zone, in which moments are shown
     */
    public static PageShape of(Columns columns, ChronoUnit unit, ZoneId zone) {
        switch (unit) {
            case SECONDS, MILLIS, MICROS, NANOS -> {
                return new PageShape(columns, unit, zone);
            }
            default ->
                throw new IllegalArgumentException(
                        "Times can not be counted in " + unit + ": possible are SECONDS, MILLIS, MICROS and NANOS");
        }
    }

    public Columns columns() {
        return columns;
    }

    public ChronoUnit unit() {
        return unit;
    }

    public ZoneId zone() {
        return zone;
    }

    ZoneRules rules() {
        return rules;
    }

    long countsPerSecond() {
        return countsPerSecond;
    }

    Kind kind(int column) {
        return kinds[column];
    }

    byte[] routes() {
        return routes;
    }

    private static byte route(Kind kind) {
        return switch (kind) {
            case INT8, INT16, INT32 -> INT;
            case INT64, TIMESTAMP -> LONG;
            case FLOAT, DOUBLE -> FLOATING;
            case BOOLEAN -> BOOLEAN;
            case TEXT -> TEXT;
            case DECIMAL, BINARY, DATE, TIME, DATETIME -> OTHER;
        };
    }
}
