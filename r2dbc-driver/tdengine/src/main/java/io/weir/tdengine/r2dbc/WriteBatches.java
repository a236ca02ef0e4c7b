package io.weir.tdengine.r2dbc;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.r2dbc.Binding;
import io.weir.r2dbc.ParsedSql;
import io.weir.tdengine.TdengineSession;
import io.weir.tdengine.type.StatementField;
import io.weir.tdengine.type.TableBatch;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sorts the bindings of an INSERT by table: one row each, and for each table the tags of its first. */
final class WriteBatches {

    private static final String DATA_EXCEPTION = "22000";

    private final ZoneId zone;
    private final ParsedSql sql;
    private final List<StatementField> fields;
    private final Map<String, Filled> tables = new LinkedHashMap<>();

    private record Filled(TableBatch batch, List<@Nullable Object> tags) {}

    private WriteBatches(ZoneId zone, ParsedSql sql, List<StatementField> fields) {
        this.zone = zone;
        this.sql = sql;
        this.fields = fields;
    }

    /**
     * The rows of all bindings.
     *
     * @param zone in which times without one are meant
     * @throws WeirException naming binding, row and column of the first value that does not fit
     */
    static List<TableBatch> of(ZoneId zone, ParsedSql sql, List<StatementField> fields, List<Binding> bindings) {
        if (fields.size() != sql.placeholders().size()) {
            throw refused("The server sees " + fields.size() + " placeholders in this statement, and the driver "
                            + sql.placeholders().size() + ": it was not run")
                    .build();
        }
        WriteBatches batches = new WriteBatches(zone, sql, fields);
        for (int i = 0; i < bindings.size(); i++) {
            try {
                batches.add(bindings.get(i));
            } catch (IllegalArgumentException e) {
                throw refused("Binding " + i + " of " + bindings.size() + " can not be written, so none was sent: "
                                + e.getMessage())
                        .sqlState(DATA_EXCEPTION)
                        .build();
            }
        }
        return batches.tables.values().stream().map(Filled::batch).toList();
    }

    private void add(Binding binding) {
        String table = "";
        List<@Nullable Object> tags = new ArrayList<>();
        List<@Nullable Object> columns = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Object value =
                    binding.values().get(sql.placeholders().get(i).parameter()).value();
            switch (fields.get(i).role()) {
                case TABLE_NAME -> table = name(value);
                case TAG -> tags.add(TdengineSession.inZone(value, zone));
                case COLUMN, QUERY -> columns.add(TdengineSession.inZone(value, zone));
            }
        }
        Filled known = tables.get(table);
        if (known == null) {
            known = new Filled(batch(table, tags), tags);
            tables.put(table, known);
        } else if (!Arrays.deepEquals(known.tags().toArray(), tags.toArray())) {
            // A table that is there keeps its tags; but what the server would not even take is not let through here.
            batch(table, tags);
        }
        known.batch().row(columns.toArray());
    }

    private TableBatch batch(String table, List<@Nullable Object> tags) {
        TableBatch batch = TableBatch.of(fields);
        if (!table.isEmpty()) {
            batch.table(table);
        }
        return tags.isEmpty() ? batch : batch.tags(tags.toArray());
    }

    private static String name(@Nullable Object value) {
        if (!(value instanceof CharSequence name) || name.length() == 0) {
            throw new IllegalArgumentException("The name of its table is "
                    + (value == null ? "null" : "a " + value.getClass().getName())
                    + ", and has to be a String that is not empty");
        }
        return name.toString();
    }

    private static WeirException.Builder refused(String text) {
        return WeirException.of(ErrorKind.BAD_REQUEST, text)
                .system(TdengineConnectionFactoryProvider.DRIVER)
                .sent(WeirException.Sent.NO);
    }
}
