package io.weir.tdengine;

import io.weir.core.RowView;
import io.weir.core.TimePrecision;
import io.weir.tdengine.protocol.Literals;
import io.weir.tdengine.type.TdengineType;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** What there is on a server: databases, tables, columns, tags and topics, as {@code information_schema} has them. */
public final class TdengineCatalog {

    private static final String SCHEMA = " FROM information_schema.";

    private final TdengineQueries queries;

    TdengineCatalog(TdengineQueries queries) {
        this.queries = queries;
    }

    /**
     * A database.
     *
     * @param precision what its times count; null for the server's own databases
     * @param groups how many groups its tables are spread over; 0 where there are none
     */
    public record Database(String name, @Nullable TimePrecision precision, int groups, long tables) {}

    /**
     * A super table.
     *
     * @param columns how many there are, without the tags
     * @param tags how many there are
     */
    public record SuperTable(String database, String name, int columns, int tags) {}

    /**
     * A table with rows.
     *
     * @param superTable whose child it is; null for a table by itself
     */
    public record Table(
            String database, String name, @Nullable String superTable) {}

    /**
     * A column of a table, of any kind of table.
     *
     * @param type null for one that this client does not know
     * @param spelled the type as SQL spells it
     * @param length as it was declared, for types that have one
     */
    public record TableColumn(
            String database,
            String table,
            String name,
            @Nullable TdengineType type,
            String spelled,
            int length) {}

    /**
     * A tag of a child table, with its value.
     *
     * @param type null for one that this client does not know
     * @param spelled the type as SQL spells it
     * @param value as text; null if it has none
     */
    public record Tag(
            String database,
            String table,
            String superTable,
            String name,
            @Nullable TdengineType type,
            String spelled,
            @Nullable String value) {}

    /**
     * What can be subscribed to.
     *
     * @param sql that it was made by
     */
    public record Topic(String name, String database, String sql) {}

    /** All databases, those of the server itself included. */
    public Flux<Database> databases() {
        return rows(
                "SELECT name, `precision`, `vgroups`, ntables" + SCHEMA + "ins_databases",
                row -> new Database(text(row, 0), precision(row.getString(1)), number(row, 2), number(row, 3)));
    }

    /** The super tables of a database. */
    public Flux<SuperTable> superTables(String database) {
        return rows(
                "SELECT stable_name, `columns`, `tags`" + SCHEMA + "ins_stables WHERE db_name = "
                        + Literals.render(database),
                row -> new SuperTable(database, text(row, 0), number(row, 1), number(row, 2)));
    }

    /** The tables of a database that have rows: children of super tables, and tables by themselves. */
    public Flux<Table> tables(String database) {
        return rows(
                "SELECT table_name, stable_name" + SCHEMA + "ins_tables WHERE db_name = " + Literals.render(database),
                row -> new Table(database, text(row, 0), row.getString(1)));
    }

    /** The columns of a table or super table, in their order; none if there is no such table. Without the tags. */
    public Flux<TableColumn> columns(String database, String table) {
        return rows(
                "SELECT col_name, col_type, col_length" + SCHEMA + "ins_columns" + of(database, table),
                row -> new TableColumn(
                        database, table, text(row, 0), type(text(row, 1)), text(row, 1), number(row, 2)));
    }

    /** The tags of a child table with their values; none for any other table. */
    public Flux<Tag> tags(String database, String table) {
        return rows(
                "SELECT stable_name, tag_name, tag_type, tag_value" + SCHEMA + "ins_tags" + of(database, table),
                row -> new Tag(
                        database,
                        table,
                        text(row, 0),
                        text(row, 1),
                        type(text(row, 2)),
                        text(row, 2),
                        row.getString(3)));
    }

    /** All topics. */
    public Flux<Topic> topics() {
        return rows(
                "SELECT topic_name, db_name, `sql`" + SCHEMA + "ins_topics",
                row -> new Topic(text(row, 0), text(row, 1), text(row, 2)));
    }

    private <T> Flux<T> rows(String sql, Function<RowView, T> mapper) {
        return queries.query(sql, mapper);
    }

    private static String of(String database, String table) {
        return " WHERE db_name = " + Literals.render(database) + " AND table_name = " + Literals.render(table);
    }

    private static String text(RowView row, int column) {
        return Objects.requireNonNullElse(row.getString(column), "");
    }

    private static int number(RowView row, int column) {
        return row.isNull(column) ? 0 : (int) row.getLong(column);
    }

    private static @Nullable TimePrecision precision(@Nullable String name) {
        return name == null || name.isEmpty() ? null : TimePrecision.ofWireName(name);
    }

    private static @Nullable TdengineType type(String spelled) {
        int bracket = spelled.indexOf('(');
        return TdengineType.ofName(bracket < 0 ? spelled : spelled.substring(0, bracket));
    }
}
