package io.weir.sample.telemetry;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The whole terminal: pictures on its second screen, so that what stood on the first one is there again at the end. */
final class Screen implements Display {

    private static final String ESCAPE = "\u001b[";
    private static final String ENTER = ESCAPE + "?1049h" + ESCAPE + "?25l";
    private static final String LEAVE = ESCAPE + "?25h" + ESCAPE + "?1049l";
    private static final String HOME = ESCAPE + "H";
    private static final String CLEAR = ESCAPE + "2J";

    private final PrintStream out;
    private final Supplier<Size> terminalSize;
    private final boolean colours;
    private final String title;
    private Size drawn = new Size(0, 0);
    private boolean open;

    /**
     * Draws on a terminal of that size, which may change at any time.
     *
     * @param title stands in the upper edge
     */
    Screen(PrintStream out, Supplier<Size> terminalSize, boolean colours, String title) {
        this.out = out;
        this.terminalSize = terminalSize;
        this.colours = colours;
        this.title = title;
    }

    @Override
    public Duration pace() {
        return Duration.ofMillis(200);
    }

    @Override
    public synchronized void open() {
        open = true;
        write(ENTER);
    }

    @Override
    public synchronized void show(Snapshot now) {
        if (!open) {
            return;
        }
        Size size = terminalSize.get();
        List<String> lines = Frame.of(now, title, size, colours);
        // Lines fill the width exactly, so they need no clearing; only another size leaves something behind.
        write((size.equals(drawn) ? HOME : CLEAR + HOME) + String.join("\r\n", lines));
        drawn = size;
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            write(LEAVE);
        }
    }

    /** In one piece, so that no half picture is seen. */
    private void write(String text) {
        out.print(text);
        out.flush();
    }
}
