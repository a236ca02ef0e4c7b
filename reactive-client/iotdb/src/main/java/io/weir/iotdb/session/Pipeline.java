package io.weir.iotdb.session;

import io.weir.core.ResultPart;
import java.util.List;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;

/**
 * Statements whose results are read in order while the next ones are on their way. A statement that was sent ahead keeps
 * its first reply in its own cursor until its turn comes, so that no queue between them can lose a page.
 */
final class Pipeline {

    private final List<Cursor> cursors;
    private final int sentAhead;

    private Pipeline(WireSession session, List<StatementSpec> specs, int sentAhead) {
        this.cursors = specs.stream().map(spec -> new Cursor(session, spec)).toList();
        this.sentAhead = sentAhead;
    }

    static Flux<ResultPart> run(WireSession session, List<StatementSpec> specs, int sentAhead) {
        return Flux.defer(() -> {
            Pipeline pipeline = new Pipeline(session, specs, sentAhead);
            return Flux.range(0, specs.size())
                    .concatMap(pipeline::turn, 0)
                    // Those that were read have ended; for them a cancel means nothing.
                    .doOnCancel(pipeline::cancel)
                    .doOnError(error -> pipeline.cancel());
        });
    }

    private Flux<ResultPart> turn(int index) {
        return new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super ResultPart> actual) {
                for (int i = index; i < Math.min(cursors.size(), index + 1 + sentAhead); i++) {
                    cursors.get(i).start();
                }
                cursors.get(index).subscribe(actual);
            }
        };
    }

    private void cancel() {
        cursors.forEach(Cursor::cancel);
    }
}
