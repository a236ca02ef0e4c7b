package io.weir.iotdb;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
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

    private record Numbered(int number, RowBytes row) {}

    static Mono<WriteResult> write(WireSession session, Form form, List<DeviceRow> rows) {
        if (session.dialect() != Dialect.TREE) {
            throw refusal("Rows of devices are for the tree model, and the session speaks "
                    + session.dialect().wireName() + ": write a Tablet.ofTable");
        }
        List<Numbered> numbered = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            check(form, rows, i);
            numbered.add(new Numbered(i, encode(session, rows.get(i))));
        }
        if (form == Form.ONE_DEVICE || form == Form.ONE_DEVICE_TEXTS) {
            // The server expects them by time.
            numbered.sort(Comparator.comparingLong(n -> n.row().time()));
        }
        return Flux.fromIterable(parts(numbered, session.maxRequest()))
                .concatMap(
                        part -> session.ask(id -> new InsertRecords(
                                        id,
                                        form,
                                        part.stream().map(Numbered::row).toList()))
                                .map(status -> result(session, part, status)),
                        1)
                .reduce(WriteResult.NOTHING, WriteResult::plus);
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

    private static List<List<Numbered>> parts(List<Numbered> rows, int mostBytes) {
        List<List<Numbered>> parts = new ArrayList<>();
        long length = Long.MAX_VALUE / 2;
        for (Numbered row : rows) {
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

    private static WriteResult result(WireSession session, List<Numbered> part, Status status) {
        if (status.isSuccess()) {
            return WriteResult.written(part.size());
        }
        boolean each = status.subStatus().size() == part.size();
        WriteResult result = WriteResult.NOTHING;
        for (int i = 0; i < part.size(); i++) {
            Status own = each ? status.subStatus().get(i) : status;
            Numbered row = part.get(i);
            result = result.plus(
                    own.isSuccess()
                            ? WriteResult.written(1)
                            : WriteResult.refused(new WriteResult.Refusal(
                                    row.row().device(), 0, row.number(), 1, session.located(own.toError()))));
        }
        return result;
    }

    private static WeirException refusal(String text) {
        return WeirException.of(ErrorKind.BAD_REQUEST, text)
                .system("iotdb")
                .sent(WeirException.Sent.NO)
                .build();
    }
}
