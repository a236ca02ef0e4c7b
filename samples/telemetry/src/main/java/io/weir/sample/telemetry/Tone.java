package io.weir.sample.telemetry;

/** What a piece of text is, so that a terminal with colours can show it. */
enum Tone {
    FRAME("38;5;240"),
    TITLE("1;38;5;81"),
    LABEL("38;5;245"),
    VALUE("1"),
    CURVE("38;5;81"),
    GOOD("38;5;78"),
    BUSY("38;5;221"),
    BAD("1;38;5;203"),
    QUIET("38;5;245");

    private static final String ESCAPE = "\u001b[";

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    String around(String text) {
        return ESCAPE + code + "m" + text + ESCAPE + "0m";
    }
}
