package io.weir.iotdb.type;

import java.util.Locale;

/** Which of its two languages a session speaks with IoTDB. Chosen at login, for the life of the session. */
public enum Dialect {
    /** Paths such as {@code root.plant.line1.temperature}. The server's default. */
    TREE,
    /** Tables with a time column, tags, attributes and fields, in databases. */
    TABLE;

    /** The name that the server knows: {@code tree} or {@code table}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
