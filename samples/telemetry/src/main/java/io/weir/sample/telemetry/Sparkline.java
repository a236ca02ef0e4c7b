package io.weir.sample.telemetry;

import java.util.List;

/** A curve in one line of text. */
final class Sparkline {

    private static final String BARS = "▁▂▃▄▅▆▇█";

    private Sparkline() {}

    /**
     * The last {@code width} values as bars, filled up on the left with blanks.
     *
     * @param low what is drawn as the lowest bar, with all below
     * @param high what is drawn as the highest bar, with all above
     */
    static String of(List<Double> values, int width, double low, double high) {
        StringBuilder bars = new StringBuilder(width);
        int shown = Math.min(width, values.size());
        bars.append(" ".repeat(width - shown));
        for (double value : values.subList(values.size() - shown, values.size())) {
            bars.append(BARS.charAt(height(value, low, high)));
        }
        return bars.toString();
    }

    /** The same, from zero to the largest of the values. */
    static String upTo(List<Double> values, int width, double atLeast) {
        double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return of(values, width, 0, Math.max(high, atLeast));
    }

    private static int height(double value, double low, double high) {
        if (!(high > low)) {
            return 0;
        }
        double share = (value - low) / (high - low);
        return (int) Math.round(Math.max(0, Math.min(1, share)) * (BARS.length() - 1));
    }
}
