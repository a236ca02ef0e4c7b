package io.weir.benchmarks;

import io.weir.benchmarks.Targets.Measured;
import io.weir.benchmarks.worker.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** {@code ./dev bench <system>}: a server, its data, and both sides by turns. */
public final class BenchRun {

    private final Bench bench;
    private final RunOptions options;
    private final Transcript transcript = new Transcript(System.out);
    private final List<Measured> measured = new ArrayList<>();
    /** Those that have targets; the points of curves have none. */
    private final List<Measured> checked = new ArrayList<>();

    private boolean sound = true;

    private BenchRun(Bench bench, RunOptions options) {
        this.bench = bench;
        this.options = options;
    }

    /** Measures as the arguments say, and exits: 0 if all is well, 1 if figures are not, 2 if the arguments are not. */
    public static void main(Bench bench, String[] arguments) throws IOException {
        try {
            System.exit(new BenchRun(bench, RunOptions.parse(List.of(arguments))).run() ? 0 : 1);
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private boolean run() throws IOException {
        // Read first: a mistake in the file should not show after minutes of measuring.
        Path file = Path.of("benchmarks", "targets-" + bench.system() + ".txt");
        Targets targets = Targets.parse(Files.readAllLines(Project.root().resolve(file)));
        List<Contest> contests = contests();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        transcript.say("./dev bench " + bench.system() + ", " + today + ", " + Machine.describe() + ", "
                + Machine.load() + " at the start");
        try (Arena arena = bench.open(transcript)) {
            arena.load(bench.loads(options.rows(), contests));
            for (Contest contest : contests) {
                measure(contest, arena);
            }
        }
        transcript.say("All samples are taken, " + Machine.load());
        measured.forEach(one -> transcript.say(one.figure().line()));
        if (options.save()) {
            transcript.save(Project.root(), Path.of("docs", "benchmarks", today + "-" + bench.system() + ".txt"));
        }
        return options.check() ? meets(targets) : sound;
    }

    private List<Contest> contests() {
        List<Contest> all = bench.contests(options.rows());
        List<Contest> wanted = all.stream().filter(options::includes).toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("Nothing begins with " + options.only() + ": there are "
                    + all.stream().map(Contest::prefix).distinct().toList());
        }
        return wanted;
    }

    /** A pair of fresh JVMs for each contest, so that none runs on code that another one has shaped. */
    private void measure(Contest contest, Arena arena) {
        int warmUps = options.warmUps();
        int samples = options.samples(contest);
        transcript.say(contest.prefix() + " " + contest.variant() + ": " + contest.work() + ", " + warmUps
                + " warm-ups and " + samples + " samples each");
        try (WorkerProcess ours = arena.ours(contest.jvmFlags());
                WorkerProcess peer = arena.peer(contest.jvmFlags())) {
            Duel duel =
                    Duel.fight(() -> ours.sample(contest.work()), () -> peer.sample(contest.work()), warmUps, samples);
            hold(duel);
            if (!contest.proof().isEmpty()) {
                String proof = Worker.EVERY_CHARACTER + contest.proof();
                hold(Duel.fight(() -> ours.sample(proof), () -> peer.sample(proof), 0, 1));
            }
            Figure.Setting setting =
                    new Figure.Setting(contest.prefix(), bench.server(), contest.variant(), bench.peerName());
            for (Measure measure : contest.measures()) {
                Measured one = new Measured(Figure.of(setting, measure, duel), duel);
                measured.add(one);
                if (!contest.curve()) {
                    checked.add(one);
                }
            }
        }
    }

    private void hold(Duel duel) {
        if (!duel.sameWork()) {
            sound = false;
            transcript.say("The checksums or row counts differ: these figures mean nothing");
        }
    }

    private boolean meets(Targets targets) {
        List<String> failures = targets.failures(checked);
        failures.forEach(failure -> System.out.println("CHECK " + failure));
        boolean met = sound && failures.isEmpty();
        System.out.println(met ? "CHECK all targets are met" : "CHECK failed");
        return met;
    }
}
