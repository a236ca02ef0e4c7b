package io.weir.core.page;

import io.weir.core.Page;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Pages of counting rows from another thread; pages that are on their way when a cancel comes still arrive. */
final class AsyncPages implements Publisher<Page> {

    private final Executor executor;
    private final FakePage.Ledger ledger;
    private final int pages;
    private final int rowsPerPage;
    private final @Nullable Throwable end;

    /** {@code end}: the error after the last page; null to complete. */
    AsyncPages(Executor executor, FakePage.Ledger ledger, int pages, int rowsPerPage, @Nullable Throwable end) {
        this.executor = executor;
        this.ledger = ledger;
        this.pages = pages;
        this.rowsPerPage = rowsPerPage;
        this.end = end;
    }

    @Override
    public void subscribe(Subscriber<? super Page> subscriber) {
        subscriber.onSubscribe(new Subscription() {
            private int next;
            private volatile boolean cancelled;

            @Override
            public void request(long n) {
                if (!cancelled) {
                    executor.execute(() -> send(n));
                }
            }

            private void send(long n) {
                for (long i = 0; i < n && next < pages; i++) {
                    subscriber.onNext(FakePage.counting(ledger, (long) next++ * rowsPerPage, rowsPerPage));
                }
                if (next == pages && !cancelled) {
                    next++;
                    if (end == null) {
                        subscriber.onComplete();
                    } else {
                        subscriber.onError(end);
                    }
                }
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        });
    }
}
