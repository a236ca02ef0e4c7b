package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The columns that an expression may name. */
final class Scope {

    private final List<Column> columns;
    private final Map<String, Integer> places = new HashMap<>();

    Scope(List<Column> columns) {
        this.columns = columns;
        for (int i = 0; i < columns.size(); i++) {
            places.putIfAbsent(columns.get(i).name(), i);
        }
    }

    boolean has(String name) {
        return places.containsKey(name);
    }

    int place(String name) {
        if ((name.equals("_c0") || name.equals("_rowts")) && !columns.isEmpty()) {
            return 0;
        }
        Integer place = places.get(name);
        if (place == null) {
            throw TaosError.noColumn(name);
        }
        return place;
    }

    Column column(String name) {
        return columns.get(place(name));
    }
}
