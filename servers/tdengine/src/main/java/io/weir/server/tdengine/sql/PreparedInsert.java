package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An INSERT with placeholders for the table, tags and values. */
final class PreparedInsert {

    private final SqlSession session;
    private final Insert.Part part;
    private final List<Field> fields = new ArrayList<>();
    /** Whether each value of a row is one bound column: no constants among them, no tags, no names of tables. */
    private final boolean valuesAreColumns;

    private @Nullable Writes staged;

    PreparedInsert(SqlSession session, Insert insert) {
        this.session = session;
        if (insert.parts().size() != 1 || insert.parts().get(0).rows().size() != 1) {
            throw new TaosError(0x022A, "stmt takes one table and one row of placeholders");
        }
        this.part = insert.parts().get(0);
        Table shape = shape();
        if (part.table() == null) {
            fields.add(Field.TABLE);
        }
        if (part.tags() != null) {
            fields(part.tags(), part.tagNames(), shape.tags(), Field.Kind.TAG);
        }
        fields(part.rows().get(0), part.columns(), shape.columns(), Field.Kind.COLUMN);
        if (fields.isEmpty()) {
            throw new TaosError(0x022A, "stmt has no placeholder");
        }
        long bound = fields.stream()
                .filter(field -> field.kind() == Field.Kind.COLUMN)
                .count();
        valuesAreColumns = !part.namesTables() && bound == part.rows().get(0).size();
    }

    /** Whose columns the values have. For {@code INSERT INTO ? VALUES} that is only known when a table is bound. */
    private Table shape() {
        Words.Name named = part.superTable() != null ? part.superTable() : part.table();
        return named == null
                ? Table.plain(0, "", List.of())
                : session.database(named.database()).table(named.name());
    }

    private Precision precision() {
        Words.Name named = part.superTable() != null ? part.superTable() : part.table();
        return session.database(named == null ? part.markDatabase() : named.database())
                .precision();
    }

    private void fields(List<Expr> exprs, @Nullable List<String> names, List<Column> columns, Field.Kind kind) {
        for (int i = 0; i < exprs.size(); i++) {
            if (exprs.get(i) instanceof Expr.Mark) {
                fields.add(field(names == null ? null : names.get(i), i, columns, kind));
            }
        }
    }

    private Field field(@Nullable String name, int place, List<Column> columns, Field.Kind kind) {
        if (part.table() == null && part.superTable() == null) {
            return new Field(Column.text("unknown", 0), kind, 0);
        } else if ("tbname".equals(name)) {
            return Field.TABLE;
        } else if (name == null && place < columns.size()) {
            return Field.of(columns.get(place), kind, precision());
        } else if (name == null) {
            throw new TaosError(0x0216, columns.size() + " values expected, more given");
        }
        Table shape = shape();
        for (Column tag : shape.tags()) {
            if (tag.name().equals(name)) {
                return Field.of(tag, Field.Kind.TAG, precision());
            }
        }
        return Field.of(new Scope(columns).column(name), kind, precision());
    }

    List<Field> fields() {
        return fields;
    }

    void bind(List<BoundTable> tables) {
        Writes writes = staged == null ? new Writes(session) : staged;
        for (BoundTable table : tables) {
            List<BoundColumn> columns = arranged(table);
            int rows = table.columns().isEmpty() ? 0 : table.columns().get(0).rows();
            if (table.columns().stream().anyMatch(column -> column.rows() != rows)) {
                throw new TaosError(0x0200, "row number in each bind param should be the same");
            }
            check(columns);
            if (rows > 0 && valuesAreColumns && addAsBound(writes, columns, table)) {
                continue;
            }
            for (int r = 0; r < rows; r++) {
                add(writes, row(columns, r), table.name());
            }
        }
        staged = writes;
    }

    /** The values of a row in the order of the placeholders; table and tags have but one. */
    private @Nullable Object[] row(List<BoundColumn> columns, int row) {
        @Nullable Object[] values = new Object[fields.size()];
        for (int f = 0; f < values.length; f++) {
            values[f] = columns.get(f).values().get(fields.get(f).kind() == Field.Kind.COLUMN ? row : 0);
        }
        return values;
    }

    private boolean addAsBound(Writes writes, List<BoundColumn> columns, BoundTable table) {
        // Where the values begin, the table and the tags are settled.
        int[] next = {0};
        @Nullable Object[] values = row(columns, 0);
        Words.Name name = name(values, table.name(), next);
        @Nullable Object[] tags = filled(part.tags() == null ? List.of() : part.tags(), values, next);
        return writes.addAsBound(part, name, tags, table.columns());
    }

    /** One column per field, in the order of the placeholders. */
    private List<BoundColumn> arranged(BoundTable table) {
        List<BoundColumn> arranged = new ArrayList<>();
        int tag = 0;
        int column = 0;
        try {
            for (Field field : fields) {
                arranged.add(
                        switch (field.kind()) {
                            case TABLE ->
                                new BoundColumn(
                                        field.column().type().kind(),
                                        List.<@Nullable Object>of(table.name()),
                                        false,
                                        0);
                            case TAG -> table.tags().get(tag++);
                            case COLUMN -> table.columns().get(column++);
                        });
            }
        } catch (IndexOutOfBoundsException e) {
            throw new TaosError(0x022A, "Stmt API usage error: too few columns or tags bound");
        }
        if (column != table.columns().size()) {
            throw new TaosError(0x022A, "Stmt API usage error: too many columns bound");
        }
        return arranged;
    }

    void bindColumns(List<BoundColumn> columns) {
        if (columns.size() != fields.size()) {
            throw new TaosError(0x022A, columns.size() + " columns bound, " + fields.size() + " wanted");
        }
        check(columns);
        Writes writes = staged == null ? new Writes(session) : staged;
        for (int r = 0; r < columns.get(0).values().size(); r++) {
            @Nullable Object[] values = new Object[fields.size()];
            for (int f = 0; f < values.length; f++) {
                values[f] = columns.get(f).values().get(r);
            }
            add(writes, values, "");
        }
        staged = writes;
    }

    private void check(List<BoundColumn> columns) {
        for (int f = 0; f < fields.size(); f++) {
            if (fields.get(f).column().type().length() > 0) {
                fields.get(f).check(columns.get(f));
            }
        }
    }

    /** The values stand in the order of the placeholders. */
    private void add(Writes writes, @Nullable Object[] values, String boundName) {
        int[] next = {0};
        Words.Name name = name(values, boundName, next);
        @Nullable Object[] tags = filled(part.tags() == null ? List.of() : part.tags(), values, next);
        writes.add(part, name, tags, filled(part.rows().get(0), values, next));
    }

    private Words.Name name(@Nullable Object[] values, String boundName, int[] next) {
        Words.Name name = part.table();
        if (name == null) {
            return named(String.valueOf(values[next[0]++]));
        }
        return !boundName.isEmpty() && part.superTable() == null && !part.namesTables() ? named(boundName) : name;
    }

    private Words.Name named(String text) {
        String plain = text.replace("`", "");
        int dot = plain.indexOf('.');
        return dot < 0
                ? new Words.Name(part.markDatabase(), plain)
                : new Words.Name(plain.substring(0, dot), plain.substring(dot + 1));
    }

    private @Nullable Object[] filled(List<Expr> exprs, @Nullable Object[] values, int[] next) {
        @Nullable Object[] filled = new Object[exprs.size()];
        for (int i = 0; i < filled.length; i++) {
            filled[i] = exprs.get(i) instanceof Expr.Mark ? values[next[0]++] : new Writes.Later(exprs.get(i), session);
        }
        return filled;
    }

    /** Stores what was bound since the last time. */
    int execute() {
        if (staged == null) {
            throw new TaosError(0x022A, "Stmt API usage error");
        }
        Writes writes = Objects.requireNonNull(staged);
        staged = null;
        return writes.finish();
    }
}
