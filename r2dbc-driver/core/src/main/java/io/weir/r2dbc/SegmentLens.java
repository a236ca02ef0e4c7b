package io.weir.r2dbc;

import io.r2dbc.spi.Result.Segment;
import io.weir.core.RowView;
import io.weir.core.WeirException;
import io.weir.core.page.RowMapper;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/** Hands each segment to the user's function; each row is an object of its own, for it outlives the call. */
final class SegmentLens<T> implements RowMapper<Publisher<? extends T>> {

    private final Function<Segment, ? extends Publisher<? extends T>> function;
    private final @Nullable Predicate<Segment> wanted;
    private final String sql;
    private @Nullable WeirRowMetadata metadata;

    SegmentLens(
            Function<Segment, ? extends Publisher<? extends T>> function,
            @Nullable Predicate<Segment> wanted,
            String sql) {
        this.function = function;
        this.wanted = wanted;
        this.sql = sql;
    }

    @Override
    public boolean wants(RowView view) {
        try {
            return wanted == null || wanted.test(segment(view));
        } catch (WeirException e) {
            throw Errors.of(e, sql);
        }
    }

    @Override
    public Publisher<? extends T> map(RowView view) {
        try {
            return function.apply(segment(view));
        } catch (WeirException e) {
            throw Errors.of(e, sql);
        }
    }

    private Segment segment(RowView view) {
        if (SegmentPage.isSegment(view)) {
            return SegmentPage.segment(view);
        }
        metadata = WeirRowMetadata.of(view.columns(), metadata);
        return new Segments.OfRow(new WeirRow(view, metadata));
    }
}
