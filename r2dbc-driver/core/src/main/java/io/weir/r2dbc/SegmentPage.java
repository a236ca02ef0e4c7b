package io.weir.r2dbc;

import io.r2dbc.spi.Result.Segment;
import io.weir.core.Columns;
import io.weir.core.Page;
import io.weir.core.RowView;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A count or an error that travels as a page with one row, so that {@code flatMap} needs one operator for order, demand
 * and release of all that a result consists of. Has nothing to release.
 */
final class SegmentPage implements Page, RowView {

    /* Marks such a page: recognized by identity. */
    private static final Columns MARK = Columns.of(List.of());

    private final Segment segment;

    SegmentPage(Segment segment) {
        this.segment = segment;
    }

    static boolean isSegment(RowView view) {
        return view.columns() == MARK;
    }

    static Segment segment(RowView view) {
        return Objects.requireNonNull(view.get(0, Segment.class));
    }

    @Override
    public Columns columns() {
        return MARK;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public RowView row(int index) {
        return this;
    }

    @Override
    public void close() {}

    @Override
    public <T> T get(int column, Class<T> type) {
        return type.cast(segment);
    }

    @Override
    public boolean isNull(int column) {
        return false;
    }

    @Override
    public long getLong(int column) {
        throw noValues();
    }

    @Override
    public double getDouble(int column) {
        throw noValues();
    }

    @Override
    public boolean getBoolean(int column) {
        throw noValues();
    }

    @Override
    public @Nullable String getString(int column) {
        throw noValues();
    }

    @Override
    public @Nullable ByteBuffer slice(int column) {
        throw noValues();
    }

    private static IllegalArgumentException noValues() {
        return new IllegalArgumentException("A segment has no columns");
    }
}
