package io.weir.testkit.compliance.toy;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import io.r2dbc.spi.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NoSuchElementException;
import reactor.core.publisher.Mono;

/** A row that owns its values, and its own metadata. */
record ToyRow(List<String> columns, List<Object> values) implements Row, RowMetadata {

    private record Column(String getName, Type getType) implements ColumnMetadata {}

    @Override
    public RowMetadata getMetadata() {
        return this;
    }

    @Override
    public <T> T get(int index, Class<T> type) {
        Object value = values.get(index) == ToyFrames.NULL ? null : values.get(index);
        if (value == null || type.isInstance(value)) {
            return type.cast(value);
        }
        if (type == Blob.class) {
            // With room to put more: the TestKit appends to the first piece.
            return type.cast(Blob.from(Mono.just(((ByteBuffer) value).duplicate())));
        }
        if (type == Clob.class) {
            return type.cast(Clob.from(Mono.just((String) value)));
        }
        throw new IllegalArgumentException("can not make a " + type + " of " + value);
    }

    @Override
    public <T> T get(String name, Class<T> type) {
        return get(indexOf(name), type);
    }

    @Override
    public ColumnMetadata getColumnMetadata(int index) {
        return getColumnMetadatas().get(index);
    }

    @Override
    public ColumnMetadata getColumnMetadata(String name) {
        return getColumnMetadata(indexOf(name));
    }

    @Override
    public List<? extends ColumnMetadata> getColumnMetadatas() {
        return columns.stream().map(name -> new Column(name, R2dbcType.INTEGER)).toList();
    }

    private int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw new NoSuchElementException("no column " + name);
    }
}
