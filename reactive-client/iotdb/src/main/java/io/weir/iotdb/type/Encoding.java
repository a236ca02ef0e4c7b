package io.weir.iotdb.type;

/** How IoTDB writes the values of a series to disk. Which of them a type may have, the server says. */
public enum Encoding {
    PLAIN(0),
    DICTIONARY(1),
    RLE(2),
    TS_2DIFF(4),
    GORILLA(8),
    ZIGZAG(9),
    CHIMP(11),
    SPRINTZ(12),
    RLBE(13);

    private final int code;

    Encoding(int code) {
        this.code = code;
    }

    /** The number of this encoding on the wire. */
    public int code() {
        return code;
    }
}
