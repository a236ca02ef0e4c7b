package io.weir.sample.telemetry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What there is to know of the terminal behind the standard output, as far as the shell's own tools can tell. */
final class Terminal {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final Pattern ROWS_AND_COLUMNS = Pattern.compile("(\\d+) (\\d+)\\s*");

    private final boolean colours;
    private Size size = Size.USUAL;
    private long lookedAt;
    private boolean looked;

    private Terminal(boolean colours) {
        this.colours = colours;
    }

    /** Null if the standard output is no terminal, or one that can not move its cursor. */
    static @Nullable Terminal detect(Map<String, String> environment) {
        String kind = environment.getOrDefault("TERM", "dumb");
        if (kind.equals("dumb") || run("test -t 1", ProcessBuilder.Redirect.INHERIT) == null) {
            return null;
        }
        // See no-color.org: any value but an empty one means no colours.
        return new Terminal(environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    boolean colours() {
        return colours;
    }

    /** Asked anew once a second, so that the view follows the window. */
    Size size() {
        long now = System.nanoTime();
        if (!looked || now - lookedAt > LOOK_AGAIN_NANOS) {
            looked = true;
            lookedAt = now;
            size = parse(run("stty size < /dev/tty", ProcessBuilder.Redirect.PIPE));
        }
        return size;
    }

    /** The answer of {@code stty size}; the usual size if it is none. */
    static Size parse(@Nullable String rowsAndColumns) {
        Matcher numbers = ROWS_AND_COLUMNS.matcher(rowsAndColumns == null ? "" : rowsAndColumns);
        if (!numbers.matches()) {
            return Size.USUAL;
        }
        Size told = new Size(Integer.parseInt(numbers.group(2)), Integer.parseInt(numbers.group(1)));
        return told.columns() == 0 || told.lines() == 0 ? Size.USUAL : told;
    }

    /** What the command printed; null if it failed, or there is no shell. */
    private static @Nullable String run(String command, ProcessBuilder.Redirect output) {
        try {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .redirectOutput(output)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor() == 0 ? printed : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
