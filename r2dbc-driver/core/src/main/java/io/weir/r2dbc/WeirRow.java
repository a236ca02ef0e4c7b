package io.weir.r2dbc;

import static io.weir.r2dbc.Arguments.required;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.Row;
import io.weir.core.RowView;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A row as the SPI wants it, over the view of a page. */
final class WeirRow implements Row {

    private @Nullable RowView view;
    private @Nullable WeirRowMetadata metadata;

    /** A row that will be shown one after another, and nothing in between. */
    WeirRow() {}

    /** A row that stays. */
    WeirRow(RowView view, WeirRowMetadata metadata) {
        this.view = view;
        this.metadata = metadata;
    }

    void show(RowView shown) {
        view = shown;
    }

    void hide() {
        view = null;
    }

    /** Outlives the row. */
    @Override
    public WeirRowMetadata getMetadata() {
        WeirRowMetadata known = metadata;
        if (known == null || view != null) {
            known = WeirRowMetadata.of(view().columns(), known);
            metadata = known;
        }
        return known;
    }

    @Override
    public @Nullable Object get(int index) {
        return view().get(index, Object.class);
    }

    @Override
    public @Nullable Object get(String name) {
        return get(index(name));
    }

    @Override
    public <T> @Nullable T get(String name, Class<T> type) {
        return get(index(name), type);
    }

    @Override
    public <T> @Nullable T get(int index, Class<T> type) {
        required(type, "type");
        RowView row = view();
        if (type == Blob.class) {
            ByteBuffer bytes = row.get(index, ByteBuffer.class);
            return bytes == null ? null : type.cast(Lobs.blob(bytes));
        }
        if (type == Clob.class) {
            String text = row.getString(index);
            return text == null ? null : type.cast(Lobs.clob(text));
        }
        return row.get(index, type);
    }

    private int index(String name) {
        return view().columns().indexOf(required(name, "name"));
    }

    private RowView view() {
        RowView shown = view;
        if (shown == null) {
            throw new IllegalStateException(
                    "This row is over: a row is good only inside the function that it was handed"
                            + " to; take the values that you need out of it there");
        }
        return shown;
    }
}
