package io.weir.iotdb.type;

/** Bytes. */
final class BlobColumn extends ObjectColumn {

    BlobColumn(String name, ColumnCategory category) {
        super(name, IotdbType.BLOB, category);
    }

    /** Takes a copy: the caller's array is his. */
    @Override
    void set(int row, byte[] value) {
        put(row, value.clone(), value.length);
    }
}
