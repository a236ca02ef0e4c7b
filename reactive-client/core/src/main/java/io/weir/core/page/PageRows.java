package io.weir.core.page;

import io.weir.core.Page;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/**
 * Turns pages into rows by demand. Takes the next page only when the rows at hand run out, maps each row while its page
 * is open, and closes every page in every ending: completion, error, cancellation, a mapper that throws.
 *
 * <p>Rows that have arrived go out before an error that came after them. The stream completes without further demand
 * (released {@link Release#LATE}: with the request after the last row).
 *
 * <p>With the system property {@code weir.rows=objects} (read once) every mapper gets a {@link RowObject} of its own,
 * which expires when the mapper returns, instead of the one view that moves: a row that leaks out of its function then
 * fails loudly. That is how our own tests run; it costs an object per row.
 *
 * @param <T> what the mapper makes of a row
 */
public final class PageRows<T> extends FluxOperator<Page, T> {

    /** When a page is closed. */
    public enum Release {
        /** Before its last row goes out: a row is good inside the mapper only, and is the page's moving view. */
        EARLY,
        /**
         * At the request after its last row: for a mapper that makes publishers which still read the row, and a consumer
         * that asks for one at a time and asks again when that one has ended ({@code concatMap} with prefetch 0). Each
         * row is a {@link RowObject}, good until then.
         */
        LATE
    }

    private static final boolean OBJECTS = "objects".equals(System.getProperty("weir.rows"));

    private final RowMapper<? extends T> mapper;
    private final int prefetch;
    private final Release release;
    private final boolean objects;

    private PageRows(
            Flux<? extends Page> pages, RowMapper<? extends T> mapper, int prefetch, Release release, boolean objects) {
        super(pages);
        this.mapper = mapper;
        this.prefetch = prefetch;
        this.release = release;
        this.objects = objects;
    }

    /** Rows of pages that are released early, with one page fetched ahead. */
    public static <T> Flux<T> of(Publisher<? extends Page> pages, RowMapper<? extends T> mapper) {
        return of(pages, mapper, 1, Release.EARLY);
    }

    /**
     * Rows of pages.
     *
     * @param pages each page passes into the ownership of the rows
     * @param mapper makes a value of each row that it wants
     * @param prefetch 0: the next page is asked for when the rows at hand have run out; 1: as soon as a page has been
     *     taken, if there is demand. At most 1 + prefetch pages are held
     * @param release when a page is closed
     */
    public static <T> Flux<T> of(
            Publisher<? extends Page> pages, RowMapper<? extends T> mapper, int prefetch, Release release) {
        return of(pages, mapper, prefetch, release, OBJECTS || release == Release.LATE);
    }

    static <T> Flux<T> of(
            Publisher<? extends Page> pages,
            RowMapper<? extends T> mapper,
            int prefetch,
            Release release,
            boolean objects) {
        if (prefetch != 0 && prefetch != 1) {
            throw new IllegalArgumentException("Rows can not fetch " + prefetch + " pages ahead: possible are 0 and 1");
        }
        return onAssembly(new PageRows<>(Flux.from(pages), mapper, prefetch, release, objects));
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new RowsLoop<T>(actual, mapper, prefetch, release == Release.EARLY, objects).inlet());
    }

    @Override
    public int getPrefetch() {
        return prefetch;
    }
}
