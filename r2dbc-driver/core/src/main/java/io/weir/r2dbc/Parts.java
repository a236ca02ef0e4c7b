package io.weir.r2dbc;

import io.weir.core.ResultPart;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/** The parts of one result, without the end mark; may be subscribed to once. */
abstract class Parts extends Flux<ResultPart> {

    /** The statement that these parts answer, for errors. */
    abstract String sql();

    /** A result without rows: nothing is in flight, nothing has to be released. */
    static Parts finished(List<ResultPart> parts, String sql) {
        return new Finished(parts, sql);
    }

    /** What is left of a demand once one was served; without limit it stays so. */
    static long lessOne(long requested) {
        return requested == Long.MAX_VALUE ? requested : requested - 1;
    }

    static IllegalStateException consumed() {
        return new IllegalStateException("This result was consumed already: a result is read once, by one of map,"
                + " flatMap and getRowsUpdated; execute the statement again to read it again");
    }

    private static final class Finished extends Parts {

        private final Flux<ResultPart> parts;
        private final String sql;
        private final AtomicBoolean taken = new AtomicBoolean();

        Finished(List<ResultPart> parts, String sql) {
            this.parts = Flux.fromIterable(parts);
            this.sql = sql;
        }

        @Override
        String sql() {
            return sql;
        }

        @Override
        public void subscribe(CoreSubscriber<? super ResultPart> subscriber) {
            if (taken.compareAndSet(false, true)) {
                parts.subscribe(subscriber);
            } else {
                Operators.error(subscriber, consumed());
            }
        }
    }
}
