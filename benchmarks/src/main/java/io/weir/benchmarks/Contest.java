package io.weir.benchmarks;

import java.util.List;

/**
 * A piece of work that both sides do, and what is measured of it. Both sides know it by the same name.
 *
 * @param prefix the beginning of the names of its figures
 * @param variant what else differs from the figures of this name, or {@code -}
 * @param work the command for the workers
 * @param measures what is taken from the samples
 * @param proof a command that both sides run once at the end, and whose checksums over every character must be equal; empty
 *     where those of the samples prove enough
 * @param jvmFlags for both sides
 * @param curve whether this is a point of a cost curve: fewer samples, and only if asked for
 */
public record Contest(
        String prefix,
        String variant,
        String work,
        List<Measure> measures,
        String proof,
        List<String> jvmFlags,
        boolean curve) {

    public static Contest of(String prefix, String work, Measure... measures) {
        return new Contest(prefix, "-", work, List.of(measures), "", WorkerProcess.JVM_FLAGS, false);
    }

    public Contest variant(String other) {
        return new Contest(prefix, other, work, measures, proof, jvmFlags, curve);
    }

    public Contest provenBy(String command) {
        return new Contest(prefix, variant, work, measures, command, jvmFlags, curve);
    }

    public Contest inJvm(String... flags) {
        return new Contest(prefix, variant, work, measures, proof, List.of(flags), curve);
    }

    public Contest asPointOfACurve() {
        return new Contest(prefix, variant, work, measures, proof, jvmFlags, true);
    }
}
