package io.weir.sample.telemetry;

import java.util.List;

/** A label, a value, a curve if there is room for one, and a remark. */
record Gauge(String label, String value, List<Double> curve, double curveTop, String remark) {

    static final int LABEL = 9;

    /** From here on two gauges stand side by side. */
    static final int WIDE = 46;

    private static final int VALUE = 12;
    private static final int REMARK = 16;
    private static final int SHORTEST_CURVE = 4;

    /** All that a snapshot has, those of the left column first. */
    static List<Gauge> all(Snapshot now) {
        return List.of(
                flow("written", now.written()),
                flow("read", now.readBack()),
                flow("replayed", now.replayed()),
                new Gauge(
                        "query",
                        Format.millis(now.latency().p50()),
                        List.of(),
                        0,
                        "p99 " + Format.millis(now.latency().p99())),
                memory("heap", now.heap()),
                memory("direct", now.direct()));
    }

    private static Gauge flow(String label, Snapshot.Flow flow) {
        return new Gauge(
                label, Format.count(flow.perSecond()) + "/s", flow.history(), 0, Format.count(flow.total()) + " rows");
    }

    /** The curve ends at what is allowed, so that a flat one is flat. */
    private static Gauge memory(String label, Snapshot.Memory memory) {
        return new Gauge(
                label,
                Format.mebibytes(memory.used()),
                memory.history(),
                memory.max(),
                "of " + Format.mebibytes(memory.max()));
    }

    void draw(Line line, int width) {
        int curveWidth = width - LABEL - VALUE - REMARK - 2;
        line.add(Tone.LABEL, Format.left(label, LABEL)).add(Tone.VALUE, Format.right(value, VALUE));
        if (curveWidth >= SHORTEST_CURVE) {
            line.gap(1)
                    .add(Tone.CURVE, Sparkline.upTo(curve, curveWidth, curveTop))
                    .gap(1);
        }
        line.add(Tone.LABEL, Format.right(remark, REMARK));
    }
}
