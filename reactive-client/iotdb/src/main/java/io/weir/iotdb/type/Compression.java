package io.weir.iotdb.type;

/** How IoTDB packs encoded values once more. */
public enum Compression {
    UNCOMPRESSED(0),
    SNAPPY(1),
    GZIP(2),
    LZ4(7),
    ZSTD(8),
    LZMA2(9);

    private final int code;

    Compression(int code) {
        this.code = code;
    }

    /** The number of this compression on the wire. */
    public int code() {
        return code;
    }
}
