package io.weir.iotdb;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.Deadline;
import io.weir.iotdb.protocol.InsertRecords;
import io.weir.iotdb.protocol.InsertRecords.Form;
import io.weir.iotdb.protocol.RowBytes;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.DeviceRow;
import io.weir.iotdb.type.Dialect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sends rows of devices in as few requests as their length allows, and makes the answers into a result. */
final class RecordWriter {

    private RecordWriter() {}

    /** A row of a call and which one it is there. */
    record Numbered(int number, DeviceRow row) {}

    private record Encoded(Numbered source, RowBytes row) {}

    /** @throws WeirException if the rows do not go together */
    static List<Numbered> numbered(Form form, List<DeviceRow> rows) {
        List<Numbered> numbered = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            check(form, rows, i);
            numbered.add(new Numbered(i, rows.get(i)));
        }
        return numbered;
    }

    /** Never fails once something was sent: what ends it early stands in the outcome. */
    static Mono<WriteOutcome<Numbered>> write(WireSession session, Form form, List<Numbered> rows, Deadline deadline) {
        if (session.dialect() != Dialect.TREE) {
            throw refusal("Rows of devices are for the tree model, and the session speaks "
                    + session.dialect().wireName() + ": write a Tablet.ofTable");
        }
        List<Encoded> encoded = new ArrayList<>(rows.size());
        rows.forEach(row -> encoded.add(new Encoded(row, encode(session, row.row()))));
        if (form == Form.ONE_DEVICE || form == Form.ONE_DEVICE_TEXTS) {
            // The server expects them by time.
            encoded.sort(Comparator.comparingLong(e -> e.row().time()));
        }
        List<List<Encoded>> parts = parts(encoded, session.writes().maxRequest());
        return Flux.range(0, parts.size())
                .concatMap(
                        number -> send(session, form, parts.get(number), deadline)
                                .map(outcome -> {
                                    WeirException failure = outcome.failure();
                                    return failure == null
                                            ? outcome
                                            : outcome.plus(WriteOutcome.of(refused(
                                                    parts.subList(number + 1, parts.size()),
                                                    WriteOutcome.notSent(failure))));
                                }),
                        1)
                .takeUntil(WriteOutcome::isOver)
                .reduce(WriteOutcome.of(WriteResult.NOTHING), WriteOutcome::plus);
    }

    private static Mono<WriteOutcome<Numbered>> send(
            WireSession session, Form form, List<Encoded> part, Deadline deadline) {
        return session.ask(
                        id -> new InsertRecords(
                                id, form, part.stream().map(Encoded::row).toList()),
                        deadline)
                .map(status -> outcome(session, part, status))
                .onErrorResume(
                        WeirException.class,
                        failure -> Mono.just(WriteOutcome.failed(failure, refused(List.of(part), failure))));
    }

    private static RowBytes encode(WireSession session, DeviceRow row) {
        try {
            return RowBytes.of(row, session.server().precision());
        } catch (IllegalArgumentException e) {
            throw refusal(String.valueOf(e.getMessage()));
        }
    }

    private static void check(Form form, List<DeviceRow> rows, int number) {
        DeviceRow row = rows.get(number);
        DeviceRow first = rows.get(0);
        String name = "Row " + number + " of " + row.device();
        if (row.cells().isEmpty()) {
            throw refusal(name + " has no values");
        }
        if (row.isAligned() != first.isAligned()) {
            throw refusal(name + " is " + (row.isAligned() ? "" : "not ")
                    + "aligned, and row 0 is otherwise: write them with two calls");
        }
        if ((form == Form.ONE_DEVICE || form == Form.ONE_DEVICE_TEXTS)
                && !row.device().equals(first.device())) {
            throw refusal(name + " is not of " + first.device() + ", as row 0 is: write them with insertRecords");
        }
        if (form.texts()) {
            for (DeviceRow.Cell cell : row.cells()) {
                if (!(cell.value() instanceof String)) {
                    throw refusal("'" + cell.name() + "' of row " + number + " of " + row.device() + " is "
                            + cell.type() + ": here all values are texts, of which the server makes types");
                }
            }
        }
    }

    private static List<List<Encoded>> parts(List<Encoded> rows, int mostBytes) {
        List<List<Encoded>> parts = new ArrayList<>();
        long length = Long.MAX_VALUE / 2;
        for (Encoded row : rows) {
            long own = row.row().frameLength();
            length += own;
            if (length > mostBytes) {
                parts.add(new ArrayList<>());
                length = 512 + own;
            }
            parts.get(parts.size() - 1).add(row);
        }
        return parts;
    }

    private static WriteOutcome<Numbered> outcome(WireSession session, List<Encoded> part, Status status) {
        tell(session, part, status);
        if (status.isSuccess()) {
            return WriteOutcome.of(WriteResult.written(part.size()));
        }
        WriteResult result = WriteResult.NOTHING;
        List<Numbered> rejected = new ArrayList<>();
        WeirException reason = null;
        for (int i = 0; i < part.size(); i++) {
            Status own = own(status, part, i);
            Numbered row = part.get(i).source();
            if (own.isSuccess()) {
                result = result.plus(WriteResult.written(1));
            } else if (own.isRejection()) {
                rejected.add(row);
                reason = session.located(own.toError());
            } else {
                result = result.plus(refused(row, session.located(own.toError())));
            }
        }
        return new WriteOutcome<>(result, rejected, reason, null);
    }

    /** Other nodes are named for single rows, or for all together where they are of one device. */
    private static void tell(WireSession session, List<Encoded> part, Status status) {
        String first = part.get(0).source().row().device();
        if (status.subStatus().size() == part.size()) {
            for (int i = 0; i < part.size(); i++) {
                session.writes()
                        .told(
                                part.get(i).source().row().device(),
                                status.subStatus().get(i));
            }
        } else if (status.redirect() != null
                && part.stream().allMatch(row -> row.source().row().device().equals(first))) {
            session.writes().told(first, status);
        }
    }

    /** What the server said of one row. */
    private static Status own(Status status, List<Encoded> part, int row) {
        return status.subStatus().size() == part.size() ? status.subStatus().get(row) : status;
    }

    private static WriteResult refused(List<List<Encoded>> parts, WeirException error) {
        return parts.stream()
                .flatMap(List::stream)
                .map(row -> refused(row.source(), error))
                .reduce(WriteResult.NOTHING, WriteResult::plus);
    }

    /** A row, as something that was not written. */
    static WriteResult refused(Numbered row, WeirException error) {
        return WriteResult.refused(new WriteResult.Refusal(row.row().device(), 0, row.number(), 1, error));
    }

    private static WeirException refusal(String text) {
        return WeirException.of(ErrorKind.BAD_REQUEST, text)
                .system("iotdb")
                .sent(WeirException.Sent.NO)
                .build();
    }
}
