package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.weir.tdengine.type.Schemaless;
import java.nio.charset.StandardCharsets;

/** Writes lines without a schema. */
final class Lines {

    private Lines() {}

    /** Tells how many rows were written. Blocks. */
    static long write(LoadedLibrary library, Pointer connection, Schemaless lines, long requestId) {
        Libtaos taos = library.functions();
        byte[] bytes = lines.data().getBytes(StandardCharsets.UTF_8);
        String key = lines.tableNameKey().isEmpty() ? null : lines.tableNameKey();
        Pointer result = taos.taos_schemaless_insert_raw_ttl_with_reqid_tbname_key(
                connection,
                bytes,
                bytes.length,
                new IntByReference(),
                lines.protocol().number(),
                unit(lines.precision()),
                lines.ttlDays(),
                requestId,
                key);
        try {
            int code = taos.taos_errno(result);
            if (code != 0 || result == null) {
                throw Errors.of(taos, result, code);
            }
            return library.affectedRows(result);
        } finally {
            if (result != null) {
                taos.taos_free_result(result);
            }
        }
    }

    /** As the library numbers units of time; 0 is the protocol's own. */
    private static int unit(String precision) {
        return switch (precision) {
            case "h" -> 1;
            case "m" -> 2;
            case "s" -> 3;
            case "ms" -> 4;
            case "u" -> 5;
            case "ns" -> 6;
            default -> 0;
        };
    }
}
