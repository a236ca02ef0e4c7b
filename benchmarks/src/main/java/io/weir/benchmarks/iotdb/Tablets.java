package io.weir.benchmarks.iotdb;

import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.iotdb.Data;
import io.weir.iotdb.IotdbClient;
import io.weir.iotdb.IotdbSession;
import io.weir.iotdb.WriteResult;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes tablet after tablet, to a device for each session, with a few requests of each session under way. Tablets are
 * filled again and again.
 */
final class Tablets {

    private static final int UNDER_WAY = 3;

    private final IotdbClient client;
    private final List<IotdbSession> open = new ArrayList<>();
    private long firstRow;

    Tablets(IotdbClient client) {
        this.client = client;
    }

    /** With as many sessions as the size says. Rows go on where those of the run before ended. */
    void write(Run run) {
        int writers = run.size();
        while (open.size() < writers) {
            open.add(Objects.requireNonNull(client.session().block()));
        }
        int tablets = Data.TABLETS / writers;
        Long rows = Flux.range(0, writers)
                .flatMap(writer -> write(open.get(writer), Data.written("ours", writers, writer), tablets), writers)
                .map(WriteResult::rows)
                .reduce(0L, Long::sum)
                .block();
        firstRow += (long) tablets * Data.TABLET_ROWS;
        run.checksum().rows(Objects.requireNonNull(rows));
    }

    private Flux<WriteResult> write(IotdbSession session, String device, int tablets) {
        AtomicInteger next = new AtomicInteger();
        return Flux.fromStream(Stream.generate(() -> tablet(device)).limit(UNDER_WAY))
                .flatMap(tablet -> write(session, tablet, next, tablets), UNDER_WAY);
    }

    /** Takes the next piece of the rows as long as there is one. */
    private Flux<WriteResult> write(IotdbSession session, Tablet tablet, AtomicInteger next, int tablets) {
        return Mono.defer(() -> {
                    int number = next.getAndIncrement();
                    if (number >= tablets) {
                        return Mono.<WriteResult>empty();
                    }
                    fill(tablet, firstRow + (long) number * Data.TABLET_ROWS);
                    return session.writes().insertTablet(tablet);
                })
                .repeat(() -> next.get() < tablets);
    }

    private static Tablet tablet(String device) {
        return Tablet.ofDevice(device)
                .column("counter", IotdbType.INT64)
                .column("temperature", IotdbType.DOUBLE)
                .column("running", IotdbType.BOOLEAN)
                .column("label", IotdbType.TEXT)
                .build();
    }

    private static void fill(Tablet tablet, long firstRow) {
        tablet.clear();
        for (long row = firstRow; row < firstRow + Data.TABLET_ROWS; row++) {
            tablet.row(Data.FIRST_TIME + row)
                    .set(0, Data.counter(row))
                    .set(1, Data.temperature(row))
                    .set(2, Data.running(row))
                    .set(3, Data.label(row));
        }
    }
}
