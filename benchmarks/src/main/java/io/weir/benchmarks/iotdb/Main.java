package io.weir.benchmarks.iotdb;

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
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        transcript.say(
                "./dev bench iotdb, " + today + ", " + Machine.describe() + ", " + Machine.load() + " at the start");
        try (IotdbServer server = IotdbServer.start()) {
            Workers workers = new Workers(server, options.rows(), transcript);
            try (WorkerProcess loader = workers.peer()) {
                transcript.say("Loading " + options.rows() + " rows with iotdb-session (no figure)");
                loader.sample("load");
            }
            for (Scan scan : Scan.values()) {
                measure(scan, workers);
            }
        }
        transcript.say("All samples are taken, " + Machine.load());
        measured.forEach(one -> transcript.say(one.figure().line()));
        if (options.save()) {
            transcript.save(Project.root(), Path.of("docs", "benchmarks", today + "-iotdb.txt"));
        }
        boolean sameWork = measured.stream().allMatch(one -> one.duel().sameWork());
        return options.check() ? meets(targets) : sameWork;
    }

    /** A pair of fresh JVMs for each scan, so that none runs on code that another one has shaped. */
    private void measure(Scan scan, Workers workers) {
        transcript.say(scan.prefix() + ": ours " + scan.ours() + ", peer " + scan.peer() + ", " + options.warmUps()
                + " warm-ups and " + options.samples() + " samples each");
        try (WorkerProcess ours = workers.ours();
                WorkerProcess peer = workers.peer()) {
            Duel duel = Duel.fight(
                    () -> ours.sample(scan.ours()),
                    () -> peer.sample(scan.peer()),
                    options.warmUps(),
                    options.samples());
            if (!duel.sameWork()) {
                transcript.say("The checksums or row counts differ: these figures mean nothing");
            }
            String variant = options.rows() == RunOptions.DEFAULT_ROWS ? "-" : "rows:" + options.rows();
            Figure.Setting setting = new Figure.Setting(scan.prefix(), "iotdb", variant, Workers.PEER_NAME);
            for (Measure measure : Measure.values()) {
                measured.add(new Measured(Figure.of(setting, measure, duel), duel));
            }
        }
    }

    private boolean meets(Targets targets) {
        List<String> failures = targets.failures(measured);
        failures.forEach(failure -> System.out.println("CHECK " + failure));
        System.out.println(failures.isEmpty() ? "CHECK all targets are met" : "CHECK failed");
        return failures.isEmpty();
    }
}
