package io.weir.tdengine.protocol;

import io.weir.core.page.AbstractPage;
import io.weir.core.page.AbstractRow;
import io.weir.core.page.PageShape;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A run of rows of a JSON answer as a page. */
final class RestPage extends AbstractPage {

    private final PageShape shape;
    private final RestColumn[] columns;

    RestPage(PageShape shape, int rows, RestColumn[] columns) {
        super(shape, rows);
        this.shape = shape;
        this.columns = columns;
    }

    @Override
    protected AbstractRow newView() {
        return new Row();
    }

    /** All of it is the collector's. */
    @Override
    protected void release() {}

    /** The view that moves over the rows. */
    private final class Row extends AbstractRow {

        Row() {
            super(shape);
        }

        @Override
        protected boolean isNullAt(int column) {
            return columns[column].isNull(index());
        }

        @Override
        protected long longAt(int column) {
            return columns[column].longAt(index());
        }

        @Override
        protected double doubleAt(int column) {
            return columns[column].doubleAt(index());
        }

        @Override
        protected boolean booleanAt(int column) {
            return columns[column].longAt(index()) != 0;
        }

        @Override
        protected BigDecimal decimalAt(int column) {
            return (BigDecimal) value(column);
        }

        @Override
        protected ByteBuffer bytesAt(int column) {
            return value(column) instanceof byte[] bytes
                    ? ByteBuffer.wrap(bytes)
                    : ByteBuffer.wrap(textAt(column).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        protected String textAt(int column) {
            return (String) value(column);
        }

        private Object value(int column) {
            return Objects.requireNonNull(columns[column].objectAt(index()));
        }
    }
}
