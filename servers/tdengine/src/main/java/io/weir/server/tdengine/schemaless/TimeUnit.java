package io.weir.server.tdengine.schemaless;

import io.weir.server.tdengine.sql.TaosError;

/** The unit of the times in a schemaless message. */
enum TimeUnit {
    HOURS("h", 3_600_000_000_000L),
    MINUTES("m", 60_000_000_000L),
    SECONDS("s", 1_000_000_000L),
    MILLIS("ms", 1_000_000L),
    MICROS("u", 1_000L),
    NANOS("ns", 1L);

    private final String word;
    private final long nanos;

    TimeUnit(String word, long nanos) {
        this.word = word;
        this.nanos = nanos;
    }

    static TimeUnit of(String word) {
        for (TimeUnit unit : values()) {
            if (unit.word.equals(word) || (unit == MICROS && word.equals("μ"))) {
                return unit;
            }
        }
        throw new TaosError(0x3003, "Invalid precision: " + word);
    }

    long nanos(long count) {
        try {
            return Math.multiplyExact(count, nanos);
        } catch (ArithmeticException e) {
            throw LineParser.invalid(count);
        }
    }
}
