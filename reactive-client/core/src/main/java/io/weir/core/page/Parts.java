package io.weir.core.page;

import io.weir.core.Page;
import io.weir.core.ResultPart;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What most callers want of the parts of a result. */
public final class Parts {

    private Parts() {}

    /** The pages, each of which belongs to the subscriber; a refusal is an error. */
    public static Flux<Page> pages(Flux<ResultPart> parts) {
        return parts.handle((part, sink) -> {
            if (part instanceof Page page) {
                sink.next(page);
            } else if (part instanceof ResultPart.Failure refusal) {
                sink.error(refusal.error());
            }
        });
    }

    /** The counts together; rows do not matter, a refusal is an error. */
    public static Mono<Long> count(Flux<ResultPart> parts) {
        return parts.<Long>handle((part, sink) -> {
                    if (part instanceof Page page) {
                        page.close();
                    } else if (part instanceof ResultPart.Count count) {
                        sink.next(count.rows());
                    } else if (part instanceof ResultPart.Failure refusal) {
                        sink.error(refusal.error());
                    }
                })
                .reduce(0L, Long::sum);
    }
}
