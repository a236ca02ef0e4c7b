package io.weir.server.tdengine.sql;

import java.util.Locale;

/**
 * A word of a statement.
 *
 * @param text the value: without quotes and escapes
 * @param from where it begins in the statement
 */
record Token(Kind kind, String text, int from, int to) {

    enum Kind {
        WORD,
        QUOTED,
        STRING,
        INTEGER,
        DECIMAL,
        DURATION,
        SYMBOL,
        END
    }

    boolean is(String wordOrSymbol) {
        return switch (kind) {
            case SYMBOL -> text.equals(wordOrSymbol);
            case WORD -> text.equalsIgnoreCase(wordOrSymbol);
            default -> false;
        };
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    /** Folded to lower case unless it stands in back-ticks. */
    String name() {
        return kind == Kind.QUOTED ? text : text.toLowerCase(Locale.ROOT);
    }
}
