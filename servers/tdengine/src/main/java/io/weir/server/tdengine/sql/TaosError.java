package io.weir.server.tdengine.sql;

/** An error with TDengine's code, of which the wire carries the lower 16 bits. */
public final class TaosError extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What the adapter itself refuses, without the database. */
    public static final int ADAPTER = 0xffff;

    private final int code;

    public TaosError(int code, String text) {
        super(text, null, false, false);
        this.code = code;
    }

    public static TaosError adapter(String text) {
        return new TaosError(ADAPTER, text);
    }

    static TaosError syntax(String near) {
        return new TaosError(0x2600, "syntax error near \"" + near + "\"");
    }

    static TaosError noColumn(String name) {
        return new TaosError(0x2602, "Invalid column name: " + name);
    }

    static TaosError noTable(String name) {
        return new TaosError(0x2603, "Table does not exist: " + name);
    }

    static TaosError noDatabase() {
        return new TaosError(0x0388, "Database not exist");
    }

    public int code() {
        return code;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
