package io.weir.r2dbc;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.Row;
import io.weir.core.ResultPart;
import org.jspecify.annotations.Nullable;

/** What a result consists of, in the words of the SPI. */
final class Segments {

    private Segments() {}

    /** The segment of a part that is neither rows nor the end. */
    static Result.Segment of(ResultPart part, String sql) {
        if (part instanceof ResultPart.Count count) {
            return new Count(count.rows());
        }
        if (part instanceof ResultPart.Failure failure) {
            return new Message(Errors.of(failure.error(), sql));
        }
        throw new IllegalArgumentException("Rows and the end of a result are no single segment: " + part);
    }

    record OfRow(Row row) implements Result.RowSegment {}

    record Count(long value) implements Result.UpdateCount {}

    record Message(R2dbcException exception) implements Result.Message {

        @Override
        public int errorCode() {
            return exception.getErrorCode();
        }

        @Override
        public @Nullable String sqlState() {
            return exception.getSqlState();
        }

        @Override
        public String message() {
            return String.valueOf(exception.getMessage());
        }
    }
}
