package io.weir.tdengine;

import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.tdengine.type.TableBatch;
import io.weir.tdengine.type.WriteResult;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes a stream of batches with several prepared statements of one session at once. Which one is decided by the table's
 * name, so that the rows of a table stay in their order.
 */
final class BatchWriter {

    /** Batches that wait for each statement while it works: enough to keep it busy, and not more. */
    private static final int WAITING = 2;

    private final TdengineSession session;
    private final String sql;
    private final List<Hand> hands;
    /** Batches that were begun and have no result yet. */
    private final AtomicInteger underWay = new AtomicInteger();

    private BatchWriter(TdengineSession session, String sql, List<TdengineStatement> statements) {
        this.session = session;
        this.sql = sql;
        this.hands = statements.stream().map(Hand::new).toList();
    }

    static Flux<WriteResult> write(
            TdengineSession session,
            String sql,
            int statements,
            Function<? super TdengineStatement, ? extends Publisher<TableBatch>> batches) {
        return Flux.range(0, statements)
                .concatMap(i -> session.prepare(sql))
                .collectList()
                .flatMapMany(prepared -> {
                    BatchWriter writer = new BatchWriter(session, sql, prepared);
                    return writer.writeAll(Flux.from(batches.apply(prepared.get(0))));
                });
    }

    private Flux<WriteResult> writeAll(Flux<TableBatch> batches) {
        int count = hands.size();
        return batches.groupBy(batch -> Math.floorMod(Objects.hashCode(batch.table()), count), count * WAITING)
                .flatMap(
                        group -> group.concatMap(batch -> hands.get(group.key()).write(batch), 0), count, 1);
    }

    /** The first error ends the stream, so it speaks for the batches of the other statements as well. */
    private WeirException ofTheStream(WeirException error) {
        if (error.sent() != Sent.NO || underWay.get() <= 1) {
            return error;
        }
        return error.toBuilder()
                .message(error.getMessage() + " Batches of other statements were under way: those without a result may"
                        + " have been written")
                .sent(Sent.MAYBE)
                .cause(error)
                .build();
    }

    /** One statement, and the next one after it was refused: what it had bound by then must not go with later rows. */
    private final class Hand {

        private TdengineStatement statement;

        Hand(TdengineStatement statement) {
            this.statement = statement;
        }

        Mono<WriteResult> write(TableBatch batch) {
            return Mono.defer(() -> {
                underWay.incrementAndGet();
                return usable().flatMap(ready -> ready.write(batch))
                        .map(rows -> new WriteResult(batch, rows, null))
                        .onErrorResume(
                                WeirException.class,
                                error -> session.isOpen()
                                        ? Mono.just(new WriteResult(batch, 0, error))
                                        : Mono.error(ofTheStream(error)))
                        .doOnSuccess(result -> underWay.decrementAndGet());
            });
        }

        private Mono<TdengineStatement> usable() {
            return Mono.defer(() -> statement.isUsable()
                    ? Mono.just(statement)
                    : session.prepare(sql).doOnNext(anew -> statement = anew));
        }
    }
}
