package io.weir.benchmarks;

import java.util.List;

/**
 * How a benchmark is run.
 *
 * @param quick three samples: to see that it works, not to claim anything
 * @param check hold the figures against the targets
 * @param save keep the raw output below {@code docs/benchmarks}
 * @param curves measure the cost curves too
 * @param rows how many rows are scanned
 * @param only measure what begins so; empty for everything
 */
public record RunOptions(boolean quick, boolean check, boolean save, boolean curves, int rows, String only) {

    public static final int DEFAULT_ROWS = 1_000_000;

    private static final int QUICK_SAMPLES = 3;
    private static final int SAMPLES = 11;
    private static final int CURVE_SAMPLES = 5;
    private static final String USAGE =
            "possible are --quick, --check, --save, --curves, --rows <number> and --only <beginning of a name>";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if something is not known, or makes no sense together
     */
    public static RunOptions parse(List<String> arguments) {
        boolean quick = false;
        boolean check = false;
        boolean save = false;
        boolean curves = false;
        int rows = DEFAULT_ROWS;
        String only = "";
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--quick" -> quick = true;
                case "--check" -> check = true;
                case "--save" -> save = true;
                case "--curves" -> curves = true;
                case "--rows" -> rows = number(arguments, ++i);
                case "--only" -> only = name(arguments, ++i);
                default -> throw new IllegalArgumentException("Unknown: " + arguments.get(i) + "; " + USAGE + ".");
            }
        }
        if (quick && check) {
            throw new IllegalArgumentException("--check needs at least " + Targets.MIN_SAMPLES
                    + " samples, and --quick takes " + QUICK_SAMPLES + ": leave one of them out.");
        }
        if (check && !only.isEmpty()) {
            throw new IllegalArgumentException(
                    "--check holds all figures against their targets, and --only measures some: leave one of them out.");
        }
        return new RunOptions(quick, check, save, curves, rows, only);
    }

    /** Whether this is measured: a curve if curves are asked for, or if it is named. */
    public boolean includes(Contest contest) {
        return contest.prefix().startsWith(only) && (!contest.curve() || curves || !only.isEmpty());
    }

    /** How many samples of each side count. */
    public int samples(Contest contest) {
        return quick ? QUICK_SAMPLES : contest.curve() ? CURVE_SAMPLES : SAMPLES;
    }

    /** How many samples of each side are thrown away first; a curve of code that is not compiled yet shows the compiler. */
    public int warmUps() {
        return quick ? 3 : 10;
    }

    private static String name(List<String> arguments, int at) {
        if (at < arguments.size() && !arguments.get(at).startsWith("--")) {
            return arguments.get(at);
        }
        throw new IllegalArgumentException(
                "--only needs the beginning of a name, for instance iotdb.tablet or tdengine.scan.");
    }

    private static int number(List<String> arguments, int at) {
        if (at < arguments.size() && arguments.get(at).matches("[1-9]\\d{0,8}")) {
            return Integer.parseInt(arguments.get(at));
        }
        throw new IllegalArgumentException("--rows needs a number from 1 to 999999999.");
    }
}
