package io.weir.sample.telemetry;

import java.util.Comparator;
import java.util.Optional;

/** A snapshot in one line, for output that is no terminal. */
final class PlainLine {

    private PlainLine() {}

    static String of(Snapshot now) {
        String up = Format.clock(now.up()) + "  ";
        return now.load().isOver() ? up + live(now) : up + loading(now.load());
    }

    private static String loading(Snapshot.Load load) {
        return "loading " + load.done() * 100 / load.total() + " %, " + Format.count(load.done()) + " of "
                + Format.count(load.total()) + " rows, " + Format.count(load.perSecond()) + "/s";
    }

    private static String live(Snapshot now) {
        Optional<Reading> hottest =
                now.machines().stream().map(Snapshot.Trace::latest).max(Comparator.comparing(Reading::temperature));
        return "written " + flow(now.written()) + ", read back " + flow(now.readBack()) + ", replayed "
                + flow(now.replayed()) + ", query p50 "
                + Format.millis(now.latency().p50()) + " p99 "
                + Format.millis(now.latency().p99()) + ", heap "
                + Format.mebibytes(now.heap().used()) + ", direct "
                + Format.mebibytes(now.direct().used())
                + hottest.map(reading -> ", hottest " + reading.machine() + " " + reading.temperature() + " °C")
                        .orElse("");
    }

    private static String flow(Snapshot.Flow flow) {
        return Format.count(flow.total()) + " (" + Format.count(flow.perSecond()) + "/s)";
    }
}
