package io.weir.iotdb.session;

import io.weir.core.ResultPart;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/** Runs a statement for each subscriber, at its first demand. */
final class StatementFlux extends Flux<ResultPart> {

    private final WireSession session;
    private final StatementSpec spec;

    StatementFlux(WireSession session, StatementSpec spec) {
        this.session = session;
        this.spec = spec;
    }

    @Override
    public void subscribe(CoreSubscriber<? super ResultPart> actual) {
        new Cursor(session, spec).subscribe(actual);
    }
}
