package io.weir.server.tdengine.sql;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code INSERT INTO stb(tbname, tag…, column…)}, taken apart. */
@SuppressWarnings("ArrayRecordComponent") // It is passed on and never compared.
record SuperRow(
        String table,
        List<String> tagNames,
        @Nullable Object[] tags,
        List<String> columns,
        @Nullable Object[] values) {

    static SuperRow split(Table superTable, List<String> names, @Nullable Object[] values) {
        String table = null;
        List<String> tagNames = new ArrayList<>();
        List<@Nullable Object> tags = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        List<@Nullable Object> rest = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            if (name.equals("tbname")) {
                table = String.valueOf(values[i]);
            } else if (superTable.tags().stream().anyMatch(tag -> tag.name().equals(name))) {
                tagNames.add(name);
                tags.add(values[i]);
            } else {
                columns.add(name);
                rest.add(values[i]);
            }
        }
        if (table == null || table.isEmpty()) {
            throw new TaosError(0x2600, "tbname is empty");
        }
        return new SuperRow(table, tagNames, tags.toArray(), columns, rest.toArray());
    }
}
