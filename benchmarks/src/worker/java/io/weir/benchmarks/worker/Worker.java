package io.weir.benchmarks.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The conversation with the harness: a line with the name of a work comes in, perhaps with {@link #EVERY_CHARACTER}
 * before it and a number behind it; a line with its {@link Sample} goes out.
 * It ends with the standard input, so a worker never outlives the harness.
 */
public final class Worker {

    /** The first line that a worker prints, once it is connected and can work. */
    public static final String READY = "READY";

    /** Begins the line that a worker prints when a work failed. */
    public static final String FAILED = "FAILED ";

    /** Stands before the name of a work that is to prove what it reads to the last character. */
    public static final String EVERY_CHARACTER = "every ";

    private static final int MOST_STALLS = 10;

    private final Map<String, Work> works;
    private final PrintStream out;
    private final Latencies latencies = new Latencies();

    private Worker(Map<String, Work> works, PrintStream out) {
        this.works = works;
        this.out = out;
    }

    /** Serves until the standard input ends. */
    public static void serve(Map<String, Work> works) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        new Worker(works, out).serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    private void serve(BufferedReader in) throws IOException {
        out.println(READY);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            boolean every = line.startsWith(EVERY_CHARACTER);
            String command = every ? line.substring(EVERY_CHARACTER.length()) : line;
            int blank = command.indexOf(' ');
            out.println(
                    blank < 0
                            ? answer(command, 0, every)
                            : answer(
                                    command.substring(0, blank),
                                    Integer.parseInt(command.substring(blank + 1)),
                                    every));
        }
    }

    private String answer(String name, int size, boolean everyCharacter) {
        Work work = works.get(name);
        if (work == null) {
            return FAILED + "There is no work '" + name + "': this worker has " + works.keySet();
        }
        for (int stalls = 0; ; stalls++) {
            try {
                return sample(work, size, everyCharacter);
            } catch (Stalled e) {
                if (stalls == MOST_STALLS) {
                    return FAILED + e;
                }
                System.err.println("Stalled, and done once more: " + e.getCause());
            } catch (Exception e) {
                e.printStackTrace();
                return FAILED + e;
            }
        }
    }

    private String sample(Work work, int size, boolean everyCharacter) throws Exception {
        // Both sides start a sample with an empty heap; what they leave behind in it is theirs to collect.
        System.gc();
        latencies.clear();
        Run run = new Run(size, new Checksum(everyCharacter), latencies);
        Meter meter = Meter.start();
        work.run(run);
        return meter.stop(run).line();
    }
}
