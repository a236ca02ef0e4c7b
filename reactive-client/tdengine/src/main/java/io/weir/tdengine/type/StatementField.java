package io.weir.tdengine.type;

import io.weir.core.TimePrecision;

/**
 * One placeholder of a prepared statement, as the server describes it.
 *
 * @param name of the column or tag; {@code tbname} for the table
 * @param precision what TIMESTAMP counts in
 * @param digits of DECIMAL, all of them
 * @param scale of DECIMAL, those behind the point
 * @param bytes the longest value in the table, with a head of two bytes; 0: not known. NCHAR takes four per character
 * @param role what it stands for
 */
public record StatementField(
        String name, TdengineType type, TimePrecision precision, int digits, int scale, int bytes, Role role) {

    /** What a placeholder stands for. */
    public enum Role {
        COLUMN,
        TAG,
        /** A value in a query; the caller chooses its type. */
        QUERY,
        /** The table that a row goes to. */
        TABLE_NAME
    }

    /** A column of which no more than name and type is known; times count milliseconds. */
    public static StatementField column(String name, TdengineType type) {
        return new StatementField(name, type, TimePrecision.MILLISECONDS, 0, 0, 0, Role.COLUMN);
    }

    /** A tag of which no more than name and type is known; times count milliseconds. */
    public static StatementField tag(String name, TdengineType type) {
        return new StatementField(name, type, TimePrecision.MILLISECONDS, 0, 0, 0, Role.TAG);
    }

    /** The same, counting times in another unit. */
    public StatementField in(TimePrecision unit) {
        return new StatementField(name, type, unit, digits, scale, bytes, role);
    }

    /** Whether it is the table's name. */
    public boolean isTableName() {
        return role == Role.TABLE_NAME;
    }

    @Override
    public String toString() {
        return "'" + name + "' (" + type.describe(0, digits, scale) + ")";
    }
}
