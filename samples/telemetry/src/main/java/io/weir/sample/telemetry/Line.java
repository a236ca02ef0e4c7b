package io.weir.sample.telemetry;

/** One line of the view: pieces of text, coloured or not, cut and filled up to an exact width. */
final class Line {

    private final StringBuilder text = new StringBuilder();
    private final boolean colours;
    private int left;

    /** With the number of columns that it will fill; every character counts as one. */
    Line(int width, boolean colours) {
        this.left = width;
        this.colours = colours;
    }

    Line add(Tone tone, String piece) {
        String fitting = piece.length() <= left ? piece : piece.substring(0, left);
        left -= fitting.length();
        text.append(colours && !fitting.isBlank() ? tone.around(fitting) : fitting);
        return this;
    }

    Line gap(int columns) {
        return add(Tone.FRAME, " ".repeat(columns));
    }

    /** Fills up to so many columns before the end. */
    Line fillTo(int before, Tone tone, String with) {
        return add(tone, with.repeat(Math.max(0, left - before)));
    }

    /** How many columns are left. */
    int left() {
        return left;
    }

    @Override
    public String toString() {
        return text + " ".repeat(left);
    }
}
