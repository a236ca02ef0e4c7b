package io.weir.server.tdengine.block;

/** A named column of a table or a result. */
public record Column(String name, ColumnType type) {

    public static Column of(String name, SqlType kind) {
        return new Column(name, ColumnType.of(kind));
    }

    public static Column text(String name, int length) {
        return new Column(name, ColumnType.of(SqlType.VARCHAR, length));
    }
}
