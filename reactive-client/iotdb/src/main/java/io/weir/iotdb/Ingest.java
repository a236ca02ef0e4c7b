package io.weir.iotdb;

import io.weir.core.Backoff;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.iotdb.TabletWriter.Task;
import io.weir.iotdb.WritePath.Attempt;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.Tablet;
import io.weir.iotdb.type.TabletContent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
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

    /** Both are there once something was rejected: how long to wait, and on whose clock. */
    private final AtomicReference<@Nullable Gate> gate = new AtomicReference<>();

    private record Gate(Backoff backoff, WireSession session) {

        Mono<Void> pass() {
            return Mono.defer(() -> {
                Duration left = backoff.remaining();
                return left.isZero() ? Mono.empty() : session.after(left).then(pass());
            });
        }
    }

    private Ingest(WritePath path, Ingestion<T> plan) {
        this.path = path;
        this.plan = plan;
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
        return attempt(tasks, 1).onErrorResume(error -> {
            // There was no session to send them on.
            fail(error);
            WeirException known = asWeir(error);
            return Mono.just(tasks.stream()
                    .map(task -> TabletWriter.refused(task, known))
                    .reduce(WriteResult.NOTHING, WriteResult::plus));
        });
    }

    private Mono<WriteResult> attempt(List<Task> tasks, int number) {
        return gate().then(Mono.defer(() -> path.once(tasks, TabletWriter::device, TabletWriter::write)))
                .flatMap(attempt -> {
                    WriteOutcome<Task> outcome = attempt.outcome();
                    if (outcome.failure() != null) {
                        fail(outcome.failure());
                        return Mono.just(outcome.result(TabletWriter::refused));
                    }
                    Gate closed = gate.get();
                    if (outcome.rejected().isEmpty()) {
                        // What was sent before the rejection says nothing of how the server is now.
                        if (closed != null && closed.backoff().remaining().isZero()) {
                            closed.backoff().succeeded();
                        }
                        return Mono.just(outcome.result());
                    }
                    close(attempt);
                    return number == plan.patience().rejections()
                            ? Mono.just(outcome.result(TabletWriter::refused))
                            : attempt(outcome.rejected(), number + 1)
                                    .map(later -> outcome.result().plus(later));
                });
    }

    private Mono<Void> gate() {
        return Mono.defer(() -> {
            Gate closed = gate.get();
            return closed == null ? Mono.empty() : closed.pass();
        });
    }

    private void close(Attempt<Task> attempt) {
        Gate now = gate.updateAndGet(old -> old != null
                ? old
                : new Gate(
                        new Backoff(
                                attempt.session().endpoint(),
                                new Backoff.Timing(
                                        plan.patience().first(), plan.patience().longest(), Duration.ofMinutes(1)),
                                System::nanoTime,
                                () -> ThreadLocalRandom.current().nextDouble()),
                        attempt.session()));
        if (now != null && attempt.outcome().reason() != null) {
            now.backoff().failed(attempt.outcome().reason());
        }
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
