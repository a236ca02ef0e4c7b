package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.Column;
import io.weir.server.tdengine.block.ColumnType;
import io.weir.server.tdengine.block.SqlType;

/**
 * What one placeholder of an INSERT stands for.
 *
 * @param precision that of the database for a TIMESTAMP, else the DECIMAL's
 */
public record Field(Column column, Kind kind, int precision) {

    private static final int LONGEST_FULL_NAME = 271;

    /** With the numbers that the wire has. */
    public enum Kind {
        COLUMN(1),
        TAG(2),
        TABLE(4);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    static final Field TABLE = new Field(Column.text("tbname", LONGEST_FULL_NAME), Kind.TABLE, 0);

    static Field of(Column column, Kind kind, Precision precision) {
        boolean time = column.type().kind() == SqlType.TIMESTAMP;
        return new Field(column, kind, time ? precision.number() : column.type().precision());
    }

    /** Length as the wire has it: with the head of a text. */
    public int bytes() {
        ColumnType type = column.type();
        return type.kind().isDecimal() || kind == Kind.TABLE ? type.length() : type.blockBytes();
    }

    void check(BoundColumn bound) {
        SqlType wanted = column.type().kind();
        boolean fits =
                wanted == bound.type() || (wanted.isDecimal() && bound.type().isDecimal());
        if (!fits) {
            throw new TaosError(
                    0x022A,
                    "Invalid bind type " + bound.type().number() + " for " + column.name() + " (" + wanted + ")");
        }
    }
}
