package io.weir.r2dbc;

import io.weir.core.Columns;
import io.weir.core.page.AbstractPage;
import io.weir.core.page.AbstractRow;
import io.weir.core.page.PageShape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of objects as a page. */
final class MemoryPage extends AbstractPage {

    private final PageShape shape;
    private final List<List<@Nullable Object>> rows;

    private MemoryPage(PageShape shape, List<List<@Nullable Object>> rows) {
        super(shape, rows.size());
        this.shape = shape;
        this.rows = rows;
    }

    static MemoryPage of(Columns columns, List<List<@Nullable Object>> rows) {
        return new MemoryPage(PageShape.of(columns, ChronoUnit.MILLIS, ZoneOffset.UTC), rows);
    }

    @Override
    protected AbstractRow newView() {
        return new AbstractRow(shape) {

            private Object value(int column) {
                return Objects.requireNonNull(rows.get(index()).get(column));
            }

            @Override
            protected boolean isNullAt(int column) {
                return rows.get(index()).get(column) == null;
            }

            @Override
            protected long longAt(int column) {
                return ((Number) value(column)).longValue();
            }

            @Override
            protected ByteBuffer bytesAt(int column) {
                return value(column) instanceof ByteBuffer bytes
                        ? bytes.duplicate()
                        : StandardCharsets.UTF_8.encode(value(column).toString());
            }
        };
    }

    @Override
    protected void release() {}
}
