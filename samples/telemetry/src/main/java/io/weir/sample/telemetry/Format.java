package io.weir.sample.telemetry;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Format {

    private Format() {}

    static String count(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MiB", bytes >> 20);
    }

    /** A dash for what is not known yet. */
    static String millis(double millis) {
        return millis < 0 ? "-" : String.format(Locale.ROOT, "%.1f ms", millis);
    }

    /** Hours, minutes and seconds. */
    static String clock(Duration up) {
        return String.format(Locale.ROOT, "%02d:%02d:%02d", up.toHours(), up.toMinutesPart(), up.toSecondsPart());
    }

    /** What a run has come to. */
    static String summary(Snapshot end) {
        return "After " + clock(end.up()) + ": " + count(end.load().done()) + " rows loaded, "
                + count(end.written().total()) + " written, "
                + count(end.readBack().total()) + " read back, "
                + count(end.replayed().total()) + " replayed.";
    }

    static String left(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }
}
