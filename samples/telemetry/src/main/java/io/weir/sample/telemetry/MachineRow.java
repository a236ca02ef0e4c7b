package io.weir.sample.telemetry;

import java.util.List;
import java.util.Locale;

/** One machine in one line: with three curves where there is room, with one or none where there is not. */
final class MachineRow {

    private static final int NAME = 10;
    private static final int STATE = 8;
    private static final int TEMPERATURE = 9;
    private static final int VIBRATION = 11;
    private static final int POWER = 9;
    private static final int ALL_VALUES = NAME + STATE + TEMPERATURE + VIBRATION + POWER;
    private static final int SHORTEST_CURVE = 4;

    private MachineRow() {}

    static void draw(Snapshot.Trace trace, Line line, int width) {
        Reading reading = trace.latest();
        line.add(Tone.VALUE, Format.left(reading.machine(), NAME));
        line.add(tone(reading.state()), Format.left(reading.state(), STATE));
        int curve = (width - ALL_VALUES) / 3 - 1;
        if (curve >= SHORTEST_CURVE) {
            temperature(trace, line, curve);
            vibration(trace, line, curve);
            power(trace, line, curve);
        } else if (width >= ALL_VALUES) {
            temperature(trace, line, width - ALL_VALUES - 1);
            vibration(trace, line, 0);
            power(trace, line, 0);
        } else {
            temperature(trace, line, width - NAME - STATE - TEMPERATURE - 1);
        }
    }

    private static void temperature(Snapshot.Trace trace, Line line, int curve) {
        value(line, "%.1f °C", trace.latest().temperature(), TEMPERATURE, trace.temperature(), curve, 20, 90);
    }

    private static void vibration(Snapshot.Trace trace, Line line, int curve) {
        value(line, "%.2f mm/s", trace.latest().vibration(), VIBRATION, trace.vibration(), curve, 0, 8);
    }

    private static void power(Snapshot.Trace trace, Line line, int curve) {
        value(line, "%.1f kW", trace.latest().power(), POWER, trace.power(), curve, 0, 14);
    }

    private static void value(
            Line line,
            String format,
            double value,
            int width,
            List<Double> curve,
            int curveWidth,
            double low,
            double high) {
        line.add(Tone.VALUE, Format.right(String.format(Locale.ROOT, format, value), width));
        if (curveWidth > 0) {
            line.gap(1).add(Tone.CURVE, Sparkline.of(curve, curveWidth, low, high));
        }
    }

    private static Tone tone(String state) {
        return switch (state) {
            case "running" -> Tone.GOOD;
            case "warming", "cooling" -> Tone.BUSY;
            case "fault" -> Tone.BAD;
            default -> Tone.QUIET;
        };
    }
}
