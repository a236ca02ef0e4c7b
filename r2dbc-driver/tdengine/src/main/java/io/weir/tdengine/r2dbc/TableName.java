package io.weir.tdengine.r2dbc;

/** The name of a table as a value: what stands in a placeholder where the server takes none. */
final class TableName {

    private TableName() {}

    /**
     * Appends a name, with or without its database and a dot, each in back-ticks: so the letters keep their case, and
     * nothing in it can end the name.
     */
    static void append(StringBuilder out, Object value) {
        if (!(value instanceof CharSequence name)) {
            throw new IllegalArgumentException(
                    "The name of a table is a String, not a " + value.getClass().getName());
        }
        String[] parts = name.toString().split("\\.", -1);
        if (parts.length > 2) {
            throw new IllegalArgumentException("The name of a table has at most one dot, behind its database");
        }
        String separator = "";
        for (String part : parts) {
            if (part.isEmpty() || part.indexOf('`') >= 0 || part.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException(
                        "The name of a table may be neither empty nor have back-ticks or control characters in it");
            }
            out.append(separator).append('`').append(part).append('`');
            separator = ".";
        }
    }
}
