package io.weir.sample.telemetry;

/** The columns and lines of a terminal. */
record Size(int columns, int lines) {

    /** What terminals have been since there are any; taken where nobody tells. */
    static final Size USUAL = new Size(80, 24);
}
