package io.weir.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The smallest ratios that are good enough, by the names of figures; each must be met by a sound measurement. */
public final class Targets {

    /** Fewer samples prove nothing. */
    public static final int MIN_SAMPLES = 5;

    /** In place of a ratio: the figure is for information, and none is too small. */
    private static final String ANY = "any";

    /** A figure and the duel behind it. */
    public record Measured(Figure figure, Duel duel) {}

    private final Map<String, Double> ratios;

    private Targets(Map<String, Double> ratios) {
        this.ratios = ratios;
    }

    /**
     * Reads {@code name ratio} lines; the ratio may be {@code any}, and what follows a {@code #} is a remark.
     *
     * @throws IllegalArgumentException naming the line that is no target, a name that comes twice, or an empty file
     */
    public static Targets parse(List<String> lines) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] words = line.split("\\s+", -1);
            if (words.length != 2 || !words[1].matches(ANY + "|\\d+(\\.\\d+)?")) {
                throw new IllegalArgumentException("Line " + (i + 1) + " of the targets is not 'name ratio': " + line);
            }
            if (ratios.put(words[0], words[1].equals(ANY) ? 0 : Double.valueOf(words[1])) != null) {
                throw new IllegalArgumentException("Line " + (i + 1) + " of the targets repeats " + words[0]);
            }
        }
        if (ratios.isEmpty()) {
            throw new IllegalArgumentException("There are no targets: nothing would be checked.");
        }
        return new Targets(ratios);
    }

    /** What is wrong, one sentence each; empty if all targets are met. */
    public List<String> failures(List<Measured> measured) {
        List<String> failures = new ArrayList<>();
        TreeSet<String> missing = new TreeSet<>(ratios.keySet());
        for (Measured one : measured) {
            Figure figure = one.figure();
            missing.remove(figure.name());
            failures.addAll(unsound(figure, one.duel()));
            Double least = ratios.get(figure.name());
            if (least == null) {
                failures.add(figure.name() + " has no target: add one, or do not measure it.");
            } else if (!(figure.ratio() >= least)) {
                failures.add(String.format(
                        Locale.ROOT, "%s: the ratio is %.3f, the target %.2f.", figure.name(), figure.ratio(), least));
            }
        }
        missing.forEach(name -> failures.add(name + " has a target, but was not measured."));
        return failures;
    }

    private static List<String> unsound(Figure figure, Duel duel) {
        List<String> failures = new ArrayList<>();
        if (duel.samples() < MIN_SAMPLES) {
            failures.add(figure.name() + ": " + duel.samples() + " samples, at least " + MIN_SAMPLES + " are needed.");
        }
        if (!duel.sameWork()) {
            failures.add(figure.name() + ": rows or checksums differ, so the work was not the same.");
        }
        if (!duel.complete()) {
            failures.add(figure.name() + ": a thread ended within a sample and took its figures with it.");
        }
        return failures;
    }
}
