package io.weir.server.tdengine.manner;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** One habit of the adapter that can be changed at any time, by option or by {@code POST /weir/manners}. */
public enum Manner {
    /** What {@code version} and {@code conn} tell; action 11 is known from 3.4.1.13 on. */
    VERSION("3.3.8.1"),
    /** Whether the answer of {@code conn} has the version: older adapters leave it out. */
    VERSION_IN_CONN("true"),
    /** Whether a block ends with one surplus byte. */
    BLANK_FILL("true"),
    /** Whether a query's answer has fields_precisions and fields_scales, as from 3.3.6.0 on. */
    FIELD_SCALES("true"),
    /** Rows of a block. */
    BLOCK_ROWS("4096"),
    /** Answers are held back until so many wait or no request is in work, and then sent last first. 0: as they come. */
    REORDER("0"),
    /** Milliseconds that pass before each answer. */
    DELAY_MILLIS("0"),
    /** Whether a Close frame is answered by one; the real adapter just ends the connection. */
    CLOSE_ECHO("false"),
    PING_SECONDS("54"),
    /** Without a data frame or a Pong for so long, the connection ends without a Close frame. */
    IDLE_SECONDS("114"),
    /** Whether permessage-deflate is agreed to. */
    DEFLATE("true"),
    /** Uncompressed messages are cut into frames of so many bytes, 0: never. Compressed ones always are, at 4096. */
    FRAGMENT_BYTES("0"),
    /** Everything is read, nothing is answered, no Ping is sent, and the TCP connection stands. */
    DUMB("false"),
    /** Open SELECT results that a user may have, 0: any number. */
    LIMITER_SLOTS("0"),
    /** How long a SELECT waits for a slot. */
    LIMITER_WAIT_MILLIS("200"),
    /** SELECTs that may wait for a slot at a time. */
    LIMITER_QUEUE("100"),
    /** A regular expression; a statement in which it is found is rejected with 0xfffd. Empty: none is. */
    REJECT_SQL(""),
    /**
     * Where the next socket that comes there is cut off, once: query (not run), answer (run, no answer), block (half of
     * it sent), prepare, bind, exec (not run), executed (run, no answer), poll.
     */
    DROP(""),
    /** Whether tokens are refused. */
    TOKEN_EXPIRED("false"),
    /** Rows of INSERT and bind are checked and counted but not kept: for measurements. */
    DISCARD_WRITES("false"),
    /** REST gives so many rows and hides the rest; -1: all. */
    REST_ROW_LIMIT("-1"),
    /** Whether REST tells errors by the HTTP status too. */
    HTTP_ERROR_CODES("false");

    private final String usual;

    Manner(String usual) {
        this.usual = usual;
    }

    /** The value unless told otherwise. */
    public String usual() {
        return usual;
    }

    /** By its name in any case, with - or _ between the words. */
    public static Manner of(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        } catch (IllegalArgumentException e) {
            String known = Arrays.stream(values()).map(Manner::name).collect(Collectors.joining(", "));
            throw new IllegalArgumentException("No manner is called " + name + ". Known: " + known + ".", e);
        }
    }
}
