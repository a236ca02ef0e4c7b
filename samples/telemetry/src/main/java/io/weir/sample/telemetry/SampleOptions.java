package io.weir.sample.telemetry;

import java.util.List;

/**
 * The command line.
 *
 * @param rows how many rows of history are loaded first
 * @param seconds how long it runs after that; 0 for until it is stopped
 * @param port the server's port; 0 for a free one
 */
record SampleOptions(int rows, int seconds, int port) {

    private static final int DEFAULT_ROWS = 1_000_000;
    private static final String USAGE = "possible are --rows <number>, --seconds <number> and --port <number>";

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException saying what is wrong and what is possible
     */
    static SampleOptions parse(List<String> arguments) {
        int rows = DEFAULT_ROWS;
        int seconds = 0;
        int port = 0;
        for (int i = 0; i < arguments.size(); i += 2) {
            String name = arguments.get(i);
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            switch (name) {
                case "--rows" -> rows = number(name, value, 1_000, 100_000_000);
                case "--seconds" -> seconds = number(name, value, 1, 1_000_000);
                case "--port" -> port = number(name, value, 1, 65_535);
                default -> throw new IllegalArgumentException("Unknown: " + name + "; " + USAGE + ".");
            }
        }
        return new SampleOptions(rows, seconds, port);
    }

    private static int number(String name, String value, int least, int most) {
        if (value.matches("\\d{1,9}")) {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException(
                name + " needs a number from " + least + " to " + most + ", not '" + value + "'.");
    }
}
