package io.weir.benchmarks.iotdb;

import io.weir.benchmarks.Contest;
import io.weir.benchmarks.Duel;
import io.weir.benchmarks.Figure;
import io.weir.benchmarks.Machine;
import io.weir.benchmarks.Measure;
import io.weir.benchmarks.Project;
import io.weir.benchmarks.RunOptions;
import io.weir.benchmarks.Targets;
import io.weir.benchmarks.Targets.Measured;
import io.weir.benchmarks.Transcript;
import io.weir.benchmarks.WorkerProcess;
import io.weir.server.iotdb.IotdbServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** {@code ./dev bench iotdb}: a real server, its data, and both sides by turns. */
public final class Main {

    private static final Path TARGETS = Path.of("benchmarks", "targets-iotdb.txt");

    private final RunOptions options;
    private final Transcript transcript = new Transcript(System.out);
    private final List<Measured> measured = new ArrayList<>();
    /** Those that have targets; the points of curves have none. */
    private final List<Measured> checked = new ArrayList<>();

    private boolean sound = true;

    private Main(RunOptions options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws IOException {
        try {
            System.exit(new Main(RunOptions.parse(List.of(arguments))).run() ? 0 : 1);
        } catch (IllegalArgumentException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private boolean run() throws IOException {
        // Read first: a mistake in the file should not show after minutes of measuring.
        Targets targets = Targets.parse(Files.readAllLines(Project.root().resolve(TARGETS)));
        List<Contest> contests = contests();
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        transcript.say(
                "./dev bench iotdb, " + today + ", " + Machine.describe() + ", " + Machine.load() + " at the start");
        try (IotdbServer server = IotdbServer.start()) {
            Workers workers = new Workers(server, transcript);
            load(workers, contests);
            for (Contest contest : contests) {
                measure(contest, workers);
            }
        }
        transcript.say("All samples are taken, " + Machine.load());
        measured.forEach(one -> transcript.say(one.figure().line()));
        if (options.save()) {
            transcript.save(Project.root(), Path.of("docs", "benchmarks", today + "-iotdb.txt"));
        }
        return options.check() ? meets(targets) : sound;
    }

    private List<Contest> contests() {
        List<Contest> all = Contests.all(options.rows());
        List<Contest> wanted = all.stream().filter(options::includes).toList();
        if (wanted.isEmpty()) {
            throw new IllegalArgumentException("Nothing begins with " + options.only() + ": there are "
                    + all.stream().map(Contest::prefix).distinct().toList());
        }
        return wanted;
    }

    private void load(Workers workers, List<Contest> contests) {
        try (WorkerProcess loader = workers.peer(WorkerProcess.JVM_FLAGS)) {
            transcript.say("Loading with iotdb-session (no figure)");
            loader.sample("load " + options.rows());
            if (uses(contests, "long")) {
                loader.sample("loadLong " + Contests.LONGEST);
            }
            if (uses(contests, "wide")) {
                loader.sample("loadWide");
            }
        }
    }

    private static boolean uses(List<Contest> contests, String work) {
        return contests.stream().anyMatch(contest -> contest.work().startsWith(work + " "));
    }

    /** A pair of fresh JVMs for each contest, so that none runs on code that another one has shaped. */
    private void measure(Contest contest, Workers workers) {
        int warmUps = options.warmUps(contest);
        int samples = options.samples(contest);
        transcript.say(contest.prefix() + " " + contest.variant() + ": " + contest.work() + ", " + warmUps
                + " warm-ups and " + samples + " samples each");
        try (WorkerProcess ours = workers.ours(contest.jvmFlags());
                WorkerProcess peer = workers.peer(contest.jvmFlags())) {
            Duel duel =
                    Duel.fight(() -> ours.sample(contest.work()), () -> peer.sample(contest.work()), warmUps, samples);
            hold(duel);
            if (!contest.proof().isEmpty()) {
                hold(Duel.fight(() -> ours.sample(contest.proof()), () -> peer.sample(contest.proof()), 0, 1));
            }
            Figure.Setting setting =
                    new Figure.Setting(contest.prefix(), "iotdb", contest.variant(), Workers.PEER_NAME);
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
