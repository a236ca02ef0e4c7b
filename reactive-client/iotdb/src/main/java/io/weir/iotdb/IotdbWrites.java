package io.weir.iotdb;

import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.iotdb.protocol.InsertRecords.Form;
import io.weir.iotdb.type.DeviceRow;
import io.weir.iotdb.type.Tablet;
import io.weir.iotdb.type.TabletContent;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writing without SQL. Get it from {@link IotdbClient#writes()} or {@link IotdbSession#writes()}.
 *
 * <p>Everything is cold: each subscriber sends anew. A single write ends with its result only if every row was written.
 * Where the server refuses some, it ends with an error whose cause is an {@link IncompleteWriteException}: that one names
 * the rows and counts those that were written all the same. An error whose {@code sent()} is {@code NO} means that nothing
 * was written, {@code MAYBE} that the connection was lost before the last answer: what was acknowledged before, what is in
 * doubt and what was not sent stands in the {@link IncompleteWriteException}. Writing the same rows again does no harm,
 * because a row is known by its device and its time. Nothing is ever sent again silently, with one exception: what the server has
 * rejected for being too busy (status 606) is tried again, by single writes for the time of
 * {@link IotdbOptions#RETRY_TIMEOUT}, by {@link #ingest} as its plan says.
 */
public final class IotdbWrites {

    private final WritePath path;

    IotdbWrites(WritePath path) {
        this.path = path;
    }

    /**
     * Writes a tablet. Where it is too long for one request (the option {@code maxRequestSize}, or the server's own limit)
     * it goes in several, one after the other.
     *
     * <p>The tablet is in flight from the subscription to the end; see {@link Tablet} for what that means.
     */
    public Mono<WriteResult> insertTablet(Tablet tablet) {
        return insertTablets(List.of(tablet));
    }

    /**
     * Writes tablets, those of devices together in as few requests as possible. All are tried, also those behind one that
     * is refused.
     */
    public Mono<WriteResult> insertTablets(List<Tablet> tablets) {
        return Mono.using(
                () -> tablets.stream().map(Tablet::content).toList(),
                contents -> path.write(TabletWriter.tasks(contents), TabletWriter::parts, TabletWriter::write)
                        .flatMap(outcome -> wholeOrError(outcome, TabletWriter::refused)),
                contents -> contents.forEach(TabletContent::close));
    }

    /** Writes one row of a device. */
    public Mono<WriteResult> insertRecord(DeviceRow row) {
        return records(Form.ONE, List.of(row));
    }

    /** Writes rows of devices, all aligned or none. All are tried, also those behind one that is refused. */
    public Mono<WriteResult> insertRecords(List<DeviceRow> rows) {
        return records(Form.MANY, rows);
    }

    /** Writes rows of one device, which travel sorted by time. */
    public Mono<WriteResult> insertRecordsOfOneDevice(List<DeviceRow> rows) {
        return records(Form.ONE_DEVICE, rows);
    }

    /**
     * Writes one row whose values are all texts; the server finds out what type each of them is ({@code "5"} becomes a
     * number), if there is no such series yet.
     */
    public Mono<WriteResult> insertStringRecord(DeviceRow row) {
        return records(Form.ONE_TEXT, List.of(row));
    }

    /** Writes rows whose values are all texts, see {@link #insertStringRecord}; all aligned or none. */
    public Mono<WriteResult> insertStringRecords(List<DeviceRow> rows) {
        return records(Form.MANY_TEXTS, rows);
    }

    /** Writes rows of one device whose values are all texts, see {@link #insertStringRecord}. */
    public Mono<WriteResult> insertStringRecordsOfOneDevice(List<DeviceRow> rows) {
        return records(Form.ONE_DEVICE_TEXTS, rows);
    }

    private Mono<WriteResult> records(Form form, List<DeviceRow> rows) {
        return Mono.defer(() -> path.write(
                        RecordWriter.numbered(form, rows),
                        (row, nodes) -> Map.of(nodes.apply(row.row().device()), row),
                        (session, todo, deadline) -> RecordWriter.write(session, form, todo, deadline)))
                .flatMap(outcome -> wholeOrError(outcome, RecordWriter::refused));
    }

    /**
     * Writes a stream to its end, and tells what became of it.
     *
     * <p>Back-pressure reaches the stream: it is asked for no more than the tablets under way need. When the server rejects
     * writes for being too busy, that and nothing else is sent again after a pause, in which the stream is not asked for
     * more; see {@link Ingestion#whenRejected}. What the server refuses for other reasons stands in the result, and the
     * stream goes on: <b>look at {@link WriteResult#isComplete()}</b>.
     *
     * <p>When the stream, its mapper or the connection fails, what is under way is waited for; then comes an error whose
     * cause is an {@link IncompleteWriteException} with what was written until then, and with the rows of which that is not
     * known. A cancel sends nothing more; what is under way may be written or not.
     */
    public <T> Mono<WriteResult> ingest(Publisher<? extends T> source, Ingestion<T> plan) {
        return Ingest.total(ingestEach(source, plan));
    }

    /** Writes tablets to the end of their stream, four of them at a time; see {@link #ingest(Publisher, Ingestion)}. */
    public Mono<WriteResult> ingest(Publisher<Tablet> tablets) {
        return ingest(tablets, Ingestion.ofTablets());
    }

    /**
     * Like {@link #ingest(Publisher, Ingestion)}, with a result for each batch as soon as it is there. Who does not ask for
     * results holds the stream back.
     */
    public <T> Flux<WriteResult> ingestEach(Publisher<? extends T> source, Ingestion<T> plan) {
        return Ingest.run(path, source, plan);
    }

    private static <T> Mono<WriteResult> wholeOrError(
            WriteOutcome<T> outcome, BiFunction<T, WeirException, WriteResult> refused) {
        WriteResult result = outcome.result(refused);
        if (result.isComplete()) {
            return Mono.just(result);
        }
        WeirException failure = outcome.failure();
        if (failure != null && !result.hasEffect()) {
            return Mono.error(failure);
        }
        WeirException first = failure == null ? result.refusals().get(0).error() : failure;
        IncompleteWriteException cause = new IncompleteWriteException(result, failure);
        return Mono.error(first.toBuilder()
                .message(String.valueOf(cause.getMessage()))
                // What failed last may not have been sent, while something before it was.
                .sent(failure == null ? first.sent() : Sent.MAYBE)
                .cause(cause)
                .build());
    }
}
