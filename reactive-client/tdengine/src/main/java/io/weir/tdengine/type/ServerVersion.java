package io.weir.tdengine.type;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a server, such as 3.3.6.13. */
public final class ServerVersion implements Comparable<ServerVersion> {

    // First of all, because the versions below are read with it.
    private static final Pattern NUMBERS = Pattern.compile("\\D*(\\d+(?:\\.\\d+)*).*");
    private static final int PARTS = 4;

    /** The first that takes queries as binary messages, which this client sends. */
    public static final ServerVersion LEAST = of("3.3.2.0");

    /** The first with prepared statements as this client knows them. */
    public static final ServerVersion STATEMENTS = of("3.3.6.0");

    /** The first that binds and executes in one message. */
    public static final ServerVersion BIND_AND_EXECUTE = of("3.4.1.13");

    private final String text;
    private final int[] parts;

    private ServerVersion(String text, int[] parts) {
        this.text = text;
        this.parts = parts;
    }

    /**
     * Reads the four numbers; what stands behind them does not matter.
     *
     * @throws IllegalArgumentException if the text has no number
     */
    public static ServerVersion of(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("The server's version is '" + text + "', which has no number");
        }
        String[] numbers = matcher.group(1).split("\\.", -1);
        int[] parts = new int[PARTS];
        for (int i = 0; i < Math.min(PARTS, numbers.length); i++) {
            parts[i] = numbers[i].length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(numbers[i]);
        }
        return new ServerVersion(text, parts);
    }

    public boolean isAtLeast(ServerVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(ServerVersion other) {
        return Arrays.compare(parts, other.parts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerVersion version && Arrays.equals(parts, version.parts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parts);
    }

    /** As the server spelled it. */
    @Override
    public String toString() {
        return text;
    }
}
