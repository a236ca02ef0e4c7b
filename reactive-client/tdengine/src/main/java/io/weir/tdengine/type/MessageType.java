package io.weir.tdengine.type;

/** What a message of a subscription brings. */
public enum MessageType {
    /** Rows. */
    DATA(1),
    /** A change of tables: one was created, altered or dropped. */
    META(2),
    /** Rows, and tables that were created with them. */
    DATA_AND_META(3);

    private final int number;

    MessageType(int number) {
        this.number = number;
    }

    /** The number of this type on the wire. */
    public int number() {
        return number;
    }

    public boolean hasRows() {
        return this != META;
    }

    public boolean hasMeta() {
        return this != DATA;
    }
}
