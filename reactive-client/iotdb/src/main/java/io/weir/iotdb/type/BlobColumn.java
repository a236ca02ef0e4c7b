package io.weir.iotdb.type;

/** Bytes. */
final class BlobColumn extends BytesColumn {

    BlobColumn(String name, ColumnCategory category) {
        super(name, IotdbType.BLOB, category);
    }

    /** Takes a copy: the caller's array is his. */
    @Override
    void set(int row, byte[] value) {
        System.arraycopy(value, 0, room(row, value.length), at(row), value.length);
        placed(row, value.length);
    }
}
