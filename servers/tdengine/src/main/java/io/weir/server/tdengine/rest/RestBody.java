package io.weir.server.tdengine.rest;

import io.weir.server.tdengine.block.Batch;
import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.json.JsonText;
import io.weir.server.tdengine.sql.Answer;
import io.weir.server.tdengine.sql.Precision;
import io.weir.server.tdengine.sql.TaosError;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result as JSON, written while it is read: a failure on the way just ends it, well-formed, as the real one does. */
final class RestBody {

    private final OutputStream out;
    private final ZoneId zone;
    private final long rowLimit;

    RestBody(OutputStream out, ZoneId zone, int rowLimit) {
        this.out = out;
        this.zone = zone;
        this.rowLimit = rowLimit < 0 ? Long.MAX_VALUE : rowLimit;
    }

    void write(Answer answer, boolean asObjects, boolean timing, long begun) throws IOException {
        long count = 1;
        if (answer instanceof Answer.Rows rows) {
            text("{\"code\":0,\"column_meta\":" + JsonText.of(meta(rows.columns())) + ",\"data\":[");
            count = rows(rows, asObjects);
        } else if (answer instanceof Answer.Update update) {
            text("{\"code\":0,\"column_meta\":[[\"affected_rows\",\"INT\",4]],\"data\":["
                    + (asObjects ? "{\"affected_rows\":" : "[") + update.affected() + (asObjects ? "}" : "]"));
        }
        String time = timing ? ",\"timing\":" + (System.nanoTime() - begun) : "";
        text("],\"rows\":" + count + time + "}");
    }

    private static List<Object> meta(List<Column> columns) {
        List<Object> meta = new ArrayList<>();
        for (Column column : columns) {
            meta.add(List.of(
                    column.name(), column.type().sqlName(), column.type().length()));
        }
        return meta;
    }

    private long rows(Answer.Rows rows, boolean asObjects) throws IOException {
        long written = 0;
        try {
            for (Batch batch = rows.cursor().next();
                    batch != null;
                    batch = rows.cursor().next()) {
                StringBuilder json = new StringBuilder();
                for (int r = 0; r < batch.size() && written < rowLimit; r++) {
                    json.append(written == 0 ? "" : ",");
                    JsonText.write(json, row(rows, batch.row(r), asObjects));
                    written++;
                }
                text(json.toString());
            }
        } catch (TaosError hidden) {
            // This is the danger of REST that clients must know: rows are missing and nothing says so.
        }
        return written;
    }

    private Object row(Answer.Rows rows, @Nullable Object[] values, boolean asObject) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        List<@Nullable Object> listed = new ArrayList<>();
        for (int c = 0; c < values.length; c++) {
            Column column = rows.columns().get(c);
            Object shown = values[c] == null ? null : shown(values[c], column, rows.precision());
            named.put(column.name(), shown);
            listed.add(shown);
        }
        return asObject ? named : listed;
    }

    private @Nullable Object shown(Object value, Column column, Precision precision) {
        return switch (column.type().kind()) {
            case TIMESTAMP -> precision.format((Long) value, zone);
            case VARBINARY, GEOMETRY, BLOB -> HexFormat.of().formatHex((byte[]) value);
            case DECIMAL, DECIMAL64 -> ((BigDecimal) value).toPlainString();
            case FLOAT, DOUBLE ->
                Double.isFinite(((Number) value).doubleValue())
                        ? new JsonText.Raw(RestNumber.of((Number) value))
                        : null;
            case JSON -> new JsonText.Raw(value.toString());
            default -> value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value;
        };
    }

    private void text(String json) throws IOException {
        out.write(json.getBytes(StandardCharsets.UTF_8));
    }
}
