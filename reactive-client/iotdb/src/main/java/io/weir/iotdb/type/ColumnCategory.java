package io.weir.iotdb.type;

/** What a column of a table is to the table model. */
public enum ColumnCategory {
    /** Part of the device's name: rows with the same time and the same tags are the same row. */
    TAG(0),
    /** What is measured. In the tree model every column is one. */
    FIELD(1),
    /** What is known of a device, whatever the time. */
    ATTRIBUTE(2);

    private final int code;

    ColumnCategory(int code) {
        this.code = code;
    }

    /** The number of this category on the wire. */
    public int code() {
        return code;
    }
}
