package io.weir.benchmarks;

import java.util.List;

/**
 * How a benchmark is run.
 *
 * @param quick three samples: to see that it works, not to claim anything
 * @param check hold the figures against the targets
 * @param save keep the raw output below {@code docs/benchmarks}
 * @param rows how many rows are scanned
 */
public record RunOptions(boolean quick, boolean check, boolean save, int rows) {

    public static final int DEFAULT_ROWS = 1_000_000;

    private static final int QUICK_SAMPLES = 3;
    private static final int SAMPLES = 11;
    private static final String USAGE = "possible are --quick, --check, --save and --rows <number>";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if something is not known, or makes no sense together
     */
    public static RunOptions parse(List<String> arguments) {
        boolean quick = false;
        boolean check = false;
        boolean save = false;
        int rows = DEFAULT_ROWS;
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--quick" -> quick = true;
                case "--check" -> check = true;
                case "--save" -> save = true;
                case "--rows" -> rows = number(arguments, ++i);
                default -> throw new IllegalArgumentException("Unknown: " + arguments.get(i) + "; " + USAGE + ".");
            }
        }
        if (quick && check) {
            throw new IllegalArgumentException("--check needs at least " + Targets.MIN_SAMPLES
                    + " samples, and --quick takes " + QUICK_SAMPLES + ": leave one of them out.");
        }
        return new RunOptions(quick, check, save, rows);
    }

    /** How many samples of each side count. */
    public int samples() {
        return quick ? QUICK_SAMPLES : SAMPLES;
    }

    /** How many samples of each side are thrown away first. */
    public int warmUps() {
        return quick ? 3 : 10;
    }

    private static int number(List<String> arguments, int at) {
        if (at < arguments.size() && arguments.get(at).matches("[1-9]\\d{0,8}")) {
            return Integer.parseInt(arguments.get(at));
        }
        throw new IllegalArgumentException("--rows needs a number from 1 to 999999999.");
    }
}
