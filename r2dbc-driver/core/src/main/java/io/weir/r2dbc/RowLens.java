package io.weir.r2dbc;

import io.r2dbc.spi.Result.Segment;
import io.weir.core.RowView;
import io.weir.core.WeirException;
import io.weir.core.page.RowMapper;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Shows each row to the user's function, through one {@link WeirRow} that is empty between the calls: a row that was kept
 * says so when it is read.
 */
final class RowLens<T> implements RowMapper<T> {

    private final Function<? super WeirRow, ? extends T> function;
    private final @Nullable Predicate<Segment> wanted;
    private final String sql;
    private final WeirRow row = new WeirRow();
    private final Segment segment = new Segments.OfRow(row);

    RowLens(Function<? super WeirRow, ? extends T> function, @Nullable Predicate<Segment> wanted, String sql) {
        this.function = function;
        this.wanted = wanted;
        this.sql = sql;
    }

    @Override
    public boolean wants(RowView view) {
        if (wanted == null) {
            return true;
        }
        row.show(view);
        try {
            return wanted.test(segment);
        } catch (WeirException e) {
            throw Errors.of(e, sql);
        } finally {
            row.hide();
        }
    }

    @Override
    public T map(RowView view) {
        row.show(view);
        try {
            return function.apply(row);
        } catch (WeirException e) {
            throw Errors.of(e, sql);
        } finally {
            row.hide();
        }
    }
}
