package io.weir.benchmarks;

import java.util.Locale;

/**
 * One figure of a benchmark: ours beside the peer's.
 *
 * @param name for instance {@code iotdb.scan.rows}
 * @param server what answered, for instance {@code iotdb}
 * @param variant what else differs from the figure of this name, or {@code -}
 * @param ratio how many times better ours is
 * @param peerName artifact and version
 */
public record Figure(
        String name,
        String server,
        String variant,
        double ours,
        double peer,
        double ratio,
        String unit,
        String peerName) {

    /** What stays the same over the figures of one duel. */
    public record Setting(String prefix, String server, String variant, String peerName) {}

    public static Figure of(Setting setting, Measure measure, Duel duel) {
        double ours = duel.ours(measure);
        double peer = duel.peer(measure);
        return new Figure(
                setting.prefix() + "." + measure.suffix(),
                setting.server(),
                setting.variant(),
                ours,
                peer,
                measure.ratio(ours, peer),
                measure.unit(),
                setting.peerName());
    }

    /** The line for machines; no value holds a space. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "BENCH %s server=%s variant=%s ours=%s peer=%s ratio=%.2f unit=%s peer_name=%s",
                name,
                server,
                variant,
                number(ours),
                number(peer),
                ratio,
                unit,
                peerName);
    }

    /** As many digits as mean something: none behind the point above 1000, three below 10. */
    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 1000 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f", value);
    }
}
