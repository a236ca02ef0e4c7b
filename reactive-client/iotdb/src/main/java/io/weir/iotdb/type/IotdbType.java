package io.weir.iotdb.type;

import io.weir.core.Kind;
import io.weir.core.TimePrecision;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data type of IoTDB, by the name and by the number that travel on the wire. */
public enum IotdbType {
    BOOLEAN(0, Kind.BOOLEAN),
    INT32(1, Kind.INT32),
    INT64(2, Kind.INT64),
    FLOAT(3, Kind.FLOAT),
    DOUBLE(4, Kind.DOUBLE),
    TEXT(5, Kind.TEXT),
    /** A count since 1970 in the server's precision, see {@link TimePrecision}. */
    TIMESTAMP(8, Kind.TIMESTAMP),
    /** Travels as the number yyyymmdd. */
    DATE(9, Kind.DATE),
    BLOB(10, Kind.BINARY),
    STRING(11, Kind.TEXT);

    private static final IotdbType[] BY_CODE = new IotdbType[12];
    private static final Map<String, IotdbType> BY_NAME = new HashMap<>();

    static {
        for (IotdbType type : values()) {
            BY_CODE[type.code] = type;
            BY_NAME.put(type.name(), type);
        }
    }

    private final int code;
    private final Kind kind;

    IotdbType(int code, Kind kind) {
        this.code = code;
        this.kind = kind;
    }

    /** The number of this type on the wire. */
    public int code() {
        return code;
    }

    /** What a value of this type is to the reader of a row. */
    public Kind kind() {
        return kind;
    }

    /** The type with that number; null if we know none. */
    public static @Nullable IotdbType ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
    }

    /** The type of that name, whatever its case; null if we know none. */
    public static @Nullable IotdbType ofName(String name) {
        // The server writes them in upper case.
        IotdbType type = BY_NAME.get(name);
        return type != null ? type : BY_NAME.get(name.toUpperCase(Locale.ROOT));
    }
}
