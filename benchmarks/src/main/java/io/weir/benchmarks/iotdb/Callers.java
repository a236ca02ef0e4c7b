package io.weir.benchmarks.iotdb;

import io.weir.benchmarks.Calls;
import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.iotdb.Data;
import io.weir.core.RowView;
import io.weir.iotdb.IotdbClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Many callers who ask for the last value of a series over one client and its few sockets. */
final class Callers implements AutoCloseable {

    private static final Duration REST = Duration.ofMillis(Data.REST_MILLIS);

    private final IotdbClient client;
    private final IntFunction<IotdbClient> clients;
    private final Map<Integer, IotdbClient> bySockets = new HashMap<>();

    /** @param clients makes one with exactly so many sockets */
    Callers(IotdbClient client, IntFunction<IotdbClient> clients) {
        this.client = client;
        this.clients = clients;
    }

    /** As many callers as the size says. */
    void last(Run run) {
        call(run, client, run.size());
    }

    /** Over as many sockets as the size says. */
    void lastOver(Run run) {
        call(run, bySockets.computeIfAbsent(run.size(), clients::apply), Data.CALLERS);
    }

    /** One of the callers reads a long result slowly, again and again, until the others are done. */
    void mixed(Run run) {
        Checksum read = new Checksum();
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> scan = scanSlowly(read)
                .takeUntilOther(Mono.fromFuture(done, true))
                .then()
                .toFuture();
        try {
            call(run, client, run.size() - 1);
        } finally {
            done.complete(null);
        }
        scan.join();
        run.beside(read.rows());
    }

    private static void call(Run run, IotdbClient with, int callers) {
        Calls.make(
                run,
                callers,
                Data.CALLS,
                part -> with.query(Data.LAST, row -> consume(row, part)).then());
    }

    private static boolean consume(RowView row, Checksum part) {
        part.add(row.getLong(0));
        for (int column = 1; column <= 3; column++) {
            part.add(Objects.requireNonNull(row.getString(column)));
        }
        return true;
    }

    /** Page after page with a rest in between, without end. */
    private Flux<Void> scanSlowly(Checksum read) {
        return client.pages(Data.scan())
                .concatMap(
                        page -> {
                            ClientScan.consume(page, read);
                            return read.rows() % Data.FETCH_ROWS == 0
                                    ? Mono.delay(REST).then()
                                    : Mono.<Void>empty();
                        },
                        0)
                .repeat();
    }

    @Override
    public void close() {
        bySockets.values().forEach(each -> each.close().block());
    }
}
