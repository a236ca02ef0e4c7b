package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes of tables as consumers get them. */
final class MetaJson {

    static final int ADD_COLUMN = 5;
    static final int DROP_COLUMN = 6;

    private MetaJson() {}

    static Map<String, @Nullable Object> created(Table table) {
        Map<String, @Nullable Object> json = head("create", table);
        Table superTable = table.superTable();
        if (superTable == null) {
            json.put("columns", columns(table.columns()));
            json.put("tags", columns(table.tags()));
            return json;
        }
        json.put("using", superTable.name());
        json.put("tagNum", superTable.tags().size());
        List<Object> tags = new ArrayList<>();
        for (int i = 0; i < superTable.tags().size(); i++) {
            Map<String, @Nullable Object> tag = column(superTable.tags().get(i));
            Object value = table.tagValues()[i];
            tag.put("value", value instanceof byte[] ? Coercion.text(value) : value);
            tags.add(tag);
        }
        json.put("tags", tags);
        json.put("createList", List.of());
        return json;
    }

    static Map<String, @Nullable Object> dropped(Table table) {
        Map<String, @Nullable Object> json = head("drop", table);
        if (!table.isSuper()) {
            json.put("tableNameList", List.of(table.name()));
        }
        return json;
    }

    static Map<String, @Nullable Object> altered(Table table, Column column, int kind) {
        Map<String, @Nullable Object> json = head("alter", table);
        json.put("alterType", kind);
        json.put("colName", column.name());
        json.put("colType", column.type().kind().number());
        json.put("colLength", column.type().length());
        return json;
    }

    private static Map<String, @Nullable Object> head(String type, Table table) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("type", type);
        json.put("tableName", table.name());
        json.put("tableType", table.isSuper() ? "super" : table.superTable() == null ? "normal" : "child");
        return json;
    }

    private static List<Object> columns(List<Column> columns) {
        List<Object> json = new ArrayList<>();
        columns.forEach(column -> json.add(column(column)));
        return json;
    }

    private static Map<String, @Nullable Object> column(Column column) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", column.name());
        json.put("type", column.type().kind().number());
        if (!column.type().kind().isFixed()) {
            json.put("length", column.type().length());
        }
        return json;
    }
}
