package io.weir.iotdb;

import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.RowView;
import io.weir.core.page.PageRows;
import io.weir.core.page.Parts;
import java.util.function.Function;
import reactor.core.publisher.Flux;

/** The rows of a query, asked for by each subscriber anew and by his demand. */
public final class IotdbRows {

    private final Flux<ResultPart> parts;

    IotdbRows(Flux<ResultPart> parts) {
        this.parts = parts;
    }

    /** The rows as they came, block by block. Each page belongs to the subscriber, who closes it. */
    public Flux<Page> pages() {
        return Parts.pages(parts);
    }

    /**
     * Each row made into a value.
     *
     * @param mapper gets the one view that moves over the rows, good until it returns; never returns null
     */
    public <T> Flux<T> map(Function<? super RowView, ? extends T> mapper) {
        return PageRows.of(pages(), mapper::apply);
    }
}
