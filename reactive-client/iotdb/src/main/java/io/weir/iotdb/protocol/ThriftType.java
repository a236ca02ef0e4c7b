package io.weir.iotdb.protocol;

import org.jspecify.annotations.Nullable;

/** The kinds of value that Thrift knows, with their numbers in the binary protocol. */
enum ThriftType {
    BOOL(2, 1),
    I8(3, 1),
    DOUBLE(4, 8),
    I16(6, 2),
    I32(8, 4),
    I64(10, 8),
    /** Text and bytes alike. */
    STRING(11, 4),
    STRUCT(12, 1),
    MAP(13, 6),
    SET(14, 5),
    LIST(15, 5);

    private static final @Nullable ThriftType[] BY_CODE = new ThriftType[16];

    static {
        for (ThriftType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    final int code;
    /** The least that one such value occupies: a list can not have more elements than bytes for them. */
    final int leastBytes;

    ThriftType(int code, int leastBytes) {
        this.code = code;
        this.leastBytes = leastBytes;
    }

    static @Nullable ThriftType ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }
}
