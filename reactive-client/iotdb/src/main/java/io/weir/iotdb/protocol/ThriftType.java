package io.weir.iotdb.protocol;

import org.jspecify.annotations.Nullable;

/** The kinds of value that Thrift knows, with their numbers in the binary and in the compact protocol. */
enum ThriftType {
    BOOL(2, 1, 1),
    I8(3, 3, 1),
    DOUBLE(4, 7, 8),
    I16(6, 4, 2),
    I32(8, 5, 4),
    I64(10, 6, 8),
    /** Text and bytes alike. */
    STRING(11, 8, 4),
    STRUCT(12, 12, 1),
    MAP(13, 11, 6),
    SET(14, 10, 5),
    LIST(15, 9, 5);

    private static final @Nullable ThriftType[] BY_CODE = new ThriftType[16];
    private static final @Nullable ThriftType[] BY_COMPACT = new ThriftType[16];

    static {
        for (ThriftType type : values()) {
            BY_CODE[type.code] = type;
            BY_COMPACT[type.compact] = type;
        }
        BY_COMPACT[CompactOutput.FALSE] = BOOL;
    }

    final int code;
    /** The number in the compact protocol; a boolean has a second one, for {@code false}. */
    final int compact;
    /** The least that one such value occupies: a list can not have more elements than bytes for them. */
    final int leastBytes;

    ThriftType(int code, int compact, int leastBytes) {
        this.code = code;
        this.compact = compact;
        this.leastBytes = leastBytes;
    }

    static @Nullable ThriftType ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    static @Nullable ThriftType ofCompact(int code) {
        return code >= 0 && code < BY_COMPACT.length ? BY_COMPACT[code] : null;
    }

    /** The least that one such value occupies in the compact protocol, among the elements of a collection. */
    int leastCompactBytes() {
        return this == DOUBLE ? Double.BYTES : 1;
    }
}
