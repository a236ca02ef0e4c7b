package io.weir.sample.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws a snapshot into exactly as many lines and columns as there are. Nothing here knows a terminal or a clock. */
final class Frame {

    /** Below this nothing fits; then there is one line that says so. */
    private static final Size SMALLEST = new Size(44, 14);

    /** From here on there is room for words that only explain. */
    private static final int WIDE = 70;

    private final Snapshot now;
    private final String title;
    private final Size size;
    private final boolean colours;
    private final List<String> lines = new ArrayList<>();

    private Frame(Snapshot now, String title, Size size, boolean colours) {
        this.now = now;
        this.title = title;
        this.size = size;
        this.colours = colours;
    }

    /**
     * The lines of a picture, each of them as wide as the terminal.
     *
     * @param title stands in the upper edge
     */
    static List<String> of(Snapshot now, String title, Size size, boolean colours) {
        return new Frame(now, title, size, colours).draw();
    }

    private List<String> draw() {
        if (size.columns() < SMALLEST.columns() || size.lines() < SMALLEST.lines()) {
            return List.of(new Line(size.columns(), colours)
                    .add(Tone.VALUE, "Too small: " + SMALLEST.columns() + "x" + SMALLEST.lines() + " is needed")
                    .toString());
        }
        edge("╭─ ", title, Format.clock(now.up()), "─╮");
        inside().accept(this::load);
        gauges();
        edge("├─ ", "machines", "every value comes from a query", "─┤");
        machines(size.lines() - lines.size() - 1);
        edge("╰─ ", "Ctrl-C to stop", "", "─╯");
        return lines;
    }

    /** A horizontal line with text at its left and right end; without the right one where it does not fit. */
    private void edge(String begin, String left, String right, String end) {
        Line line = new Line(size.columns(), colours);
        line.add(Tone.FRAME, begin).add(Tone.TITLE, cut(left, line.left() - 4)).gap(1);
        String shown = right.length() + 6 <= line.left() ? right : "";
        int before = shown.isEmpty() ? end.length() : shown.length() + 2 + end.length();
        line.fillTo(before, Tone.FRAME, "─");
        if (!shown.isEmpty()) {
            line.gap(1).add(Tone.LABEL, shown).gap(1);
        }
        lines.add(line.add(Tone.FRAME, end).toString());
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, Math.max(0, width - 1)) + "…";
    }

    /** A piece of a line between the two side edges. */
    @FunctionalInterface
    private interface Piece {
        void draw(Line line, int width);
    }

    @FunctionalInterface
    private interface Row {
        void accept(Piece piece);
    }

    private Row inside() {
        return piece -> {
            Line line = new Line(size.columns(), colours).add(Tone.FRAME, "│").gap(1);
            piece.draw(line, size.columns() - 4);
            lines.add(
                    line.fillTo(2, Tone.FRAME, " ").gap(1).add(Tone.FRAME, "│").toString());
        };
    }

    private void load(Line line, int width) {
        Snapshot.Load load = now.load();
        long percent = load.done() * 100 / load.total();
        String numbers = Format.count(load.done()) + " rows  " + Format.count(load.perSecond()) + "/s"
                + (width >= WIDE ? " by tablets" : "");
        String share = String.format(Locale.ROOT, " %3d %%  ", percent);
        int bar = Math.min(40, width - Gauge.LABEL - share.length() - numbers.length());
        line.add(Tone.LABEL, Format.left(load.isOver() ? "loaded" : "loading", Gauge.LABEL));
        if (bar >= 8) {
            int full = (int) (bar * load.done() / load.total());
            line.add(load.isOver() ? Tone.GOOD : Tone.BUSY, "█".repeat(full)).add(Tone.FRAME, "░".repeat(bar - full));
        }
        line.add(Tone.VALUE, share).add(Tone.LABEL, numbers);
    }

    private void gauges() {
        List<Gauge> gauges = Gauge.all(now);
        int columns = size.columns() - 4 >= 2 * Gauge.WIDE + 3 ? 2 : 1;
        int rows = (gauges.size() + columns - 1) / columns;
        for (int row = 0; row < rows; row++) {
            Gauge left = gauges.get(row);
            Gauge right = columns == 2 ? gauges.get(row + rows) : null;
            inside().accept((line, width) -> {
                int each = right == null ? width : (width - 3) / 2;
                left.draw(line, each);
                if (right != null) {
                    right.draw(line.gap(3), each);
                }
            });
        }
    }

    private void machines(int room) {
        int all = now.machines().size();
        int shown = all <= room ? all : room - 1;
        for (Snapshot.Trace trace : now.machines().subList(0, shown)) {
            inside().accept((line, width) -> MachineRow.draw(trace, line, width));
        }
        if (shown < all) {
            String more = "… " + (all - shown) + " more: make the window higher";
            inside().accept((line, width) -> line.add(Tone.LABEL, more));
        }
        for (int i = Math.min(all, room); i < room; i++) {
            inside().accept((line, width) -> {});
        }
    }
}
