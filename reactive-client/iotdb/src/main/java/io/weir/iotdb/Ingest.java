package io.weir.iotdb;

import io.weir.core.Backoff;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.iotdb.TabletWriter.Task;
import io.weir.iotdb.WritePath.Attempt;
import io.weir.iotdb.type.Tablet;
import io.weir.iotdb.type.TabletContent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One run of an ingestion. The first error (of the stream, of the user's mapper, of the connection) ends the asking for
 * more; what is under way is still waited for, so that the end can tell what was written.
 *
 * <p>A rejection closes a gate that all tablets pass before they are sent and after they are done. So nothing is sent while
 * the server has to be left alone, and no tablet makes room for another one.
 */
final class Ingest<T> {

    private final WritePath path;
    private final Ingestion<T> plan;
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicInteger tablets = new AtomicInteger();

    /** Of the host that was the last to reject something; null: none has. */
    private volatile @Nullable Backoff busy;

    private final Retries retries;

    private Ingest(WritePath path, Ingestion<T> plan) {
        this.path = path;
        this.plan = plan;
        this.retries = path.retries().within(plan.rejectedFor());
    }

    /** A result for each batch; the failure, if there is one, comes last. */
    static <T> Flux<WriteResult> run(WritePath path, Publisher<? extends T> source, Ingestion<T> plan) {
        return Flux.defer(() -> new Ingest<T>(path, plan).run(Flux.from(source)));
    }

    private Flux<WriteResult> run(Flux<? extends T> source) {
        Flux<T> elements = source.<T>map(element -> element).onErrorResume(error -> {
            // What was gathered before is still written.
            failure.compareAndSet(null, error);
            return Flux.empty();
        });
        return plan.batches(elements)
                .takeUntilOther(stop.asMono())
                .flatMap(this::batch, plan.inFlight(), 1)
                .concatWith(Mono.defer(() -> {
                    Throwable error = failure.get();
                    return error == null ? Mono.empty() : Mono.error(error);
                }));
    }

    private void fail(Throwable error) {
        failure.compareAndSet(null, error);
        stop.tryEmitEmpty();
    }

    private Mono<WriteResult> batch(List<T> elements) {
        return Mono.defer(() -> {
                    List<Tablet> made = List.copyOf(plan.tablets(elements));
                    int first = tablets.getAndAdd(made.size());
                    return Mono.using(
                            () -> made.stream().map(Tablet::content).toList(),
                            contents -> write(contents, first),
                            contents -> contents.forEach(TabletContent::close));
                })
                .onErrorResume(error -> {
                    fail(error);
                    return Mono.empty();
                })
                .flatMap(result -> gate().thenReturn(result));
    }

    private Mono<WriteResult> write(List<TabletContent> contents, int first) {
        List<Task> tasks = TabletWriter.tasks(contents).stream()
                .map(task -> new Task(task.content(), first + task.number(), task.from()))
                .toList();
        return gate().then(attempts(tasks)).onErrorResume(error -> {
            // There was no session to send them on.
            fail(error);
            WeirException known = asWeir(error);
            return Mono.just(tasks.stream()
                    .map(task -> TabletWriter.refused(task, known))
                    .reduce(WriteResult.NOTHING, WriteResult::plus));
        });
    }

    private Mono<WriteResult> attempts(List<Task> tasks) {
        return retries.write(tasks, Duration.ZERO, rest -> gate().then(once(rest)))
                .map(outcome -> {
                    if (outcome.failure() != null) {
                        fail(outcome.failure());
                    }
                    return outcome.result(TabletWriter::refused);
                });
    }

    private Mono<Attempt<Task>> once(List<Task> tasks) {
        return path.once(tasks, TabletWriter::parts, TabletWriter::write).doOnNext(attempt -> {
            if (!attempt.outcome().rejected().isEmpty()) {
                busy = retries.backoff(attempt);
            }
        });
    }

    private Mono<Void> gate() {
        return Mono.defer(() -> {
            Backoff host = busy;
            return host == null ? Mono.empty() : retries.left(host);
        });
    }

    /** The results together; a failure carries those that there were. */
    static Mono<WriteResult> total(Flux<WriteResult> results) {
        return Mono.defer(() -> {
            WriteResult[] sum = {WriteResult.NOTHING};
            return results.doOnNext(result -> sum[0] = sum[0].plus(result))
                    .then(Mono.fromCallable(() -> sum[0]))
                    .onErrorMap(error -> explained(error, sum[0]));
        });
    }

    private static WeirException explained(Throwable error, WriteResult soFar) {
        WeirException known = asWeir(error);
        return known.toBuilder()
                .message("The ingestion ended early: " + known.getMessage() + " (" + soFar.rows()
                        + " rows were written before, of " + soFar.refusedRows()
                        + " it is not sure or they were refused)")
                .sent(soFar.hasEffect() ? Sent.MAYBE : known.sent())
                .cause(new IncompleteWriteException(soFar, error))
                .build();
    }

    private static WeirException asWeir(Throwable error) {
        return error instanceof WeirException known
                ? known
                : WeirException.of(ErrorKind.BAD_REQUEST, "The stream or its mapper has failed: " + error)
                        .system("iotdb")
                        .cause(error)
                        .build();
    }
}
