package io.weir.iotdb;

import static io.weir.iotdb.WriteScript.answer;
import static io.weir.iotdb.WriteScript.login;
import static io.weir.iotdb.WriteScript.next;
import static io.weir.iotdb.WriteScript.one;
import static io.weir.iotdb.WriteScript.tablet;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ClientEvents;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.iotdb.protocol.ServerMessages;
import io.weir.iotdb.protocol.ServerMessages.Received;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.DeviceRow;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.Tablet;
import io.weir.testkit.Peer;
import io.weir.testkit.ScriptedServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** A call has one deadline, whatever it spends its time on; by a clock that the scripts set forward. */
class DeadlineScriptTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration HOUR = Duration.ofHours(1);
    /** What the server is told beyond our own limit. */
    private static final Duration SLACK = Duration.ofSeconds(30);

    private final AtomicLong clock = new AtomicLong();
    private final CountDownLatch allWait = new CountDownLatch(1);
    private final LinkedBlockingQueue<Object> ends = new LinkedBlockingQueue<>();

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** One connection, one call on it at a time, and nobody who waits for it gives up. */
    private IotdbClient client(ScriptedServer server, String options) {
        return client(server, "", options);
    }

    private IotdbClient client(ScriptedServer server, String database, String options) {
        return new IotdbClient(new Wiring(
                IotdbOptions.ALL
                        .options()
                        .url("iotdb://" + server.host() + ":" + server.port() + database
                                + "?sharedWires=1&maxWires=1&sharing=off&waitTimeout=0s" + options)
                        .build(),
                ClientEvents.NONE,
                null,
                Function.identity(),
                clock::get));
    }

    private <T> void begin(Mono<T> call) {
        call.subscribe(ends::add, ends::add, () -> ends.add("complete"));
    }

    private Object end() throws InterruptedException {
        return Objects.requireNonNull(ends.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "No call has ended");
    }

    private static void isNotSent(Object end, ErrorKind kind) {
        assertThat(end).isInstanceOfSatisfying(WeirException.class, error -> {
            assertThat(error.kind()).isEqualTo(kind);
            assertThat(error.sent()).isEqualTo(Sent.NO);
        });
    }

    /** A call keeps the only connection busy for forty minutes, in which another one waits. */
    private void behindALongOne(Consumer<IotdbClient> other, Consumer<Peer> script) throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            Received first = tablet(peer, "first");
            busy.countDown();
            peer.waitFor(allWait);
            pass(Duration.ofMinutes(40));
            answer(peer, first, 200);
            script.accept(peer);
        })) {
            IotdbClient client = client(server, "");
            CompletableFuture<WriteResult> first =
                    client.writes().insertTablet(one("first")).toFuture();
            assertThat(busy.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            other.accept(client);
            allWait.countDown();
            assertThat(first).succeedsWithin(PATIENCE).isEqualTo(WriteResult.written(1));
            Object end = end();
            client.close().block(PATIENCE);
            server.assertDone();
            ends.add(end);
        }
    }

    @Test
    void whatAStatementWaitsForAConnectionIsTakenFromItsLimitAndTheServerIsToldTheRest() throws InterruptedException {
        LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        behindALongOne(client -> begin(client.execute("second", CallLimits.within(HOUR))), peer -> {
            Received second = next(peer);
            told.add(second.argument("timeout"));
            peer.send(ServerMessages.reply(second, ServerMessages.done()));
        });
        assertThat(end()).isEqualTo("complete");
        assertThat(told)
                .containsExactly(
                        String.valueOf(Duration.ofMinutes(20).plus(SLACK).toMillis()));
    }

    @Test
    void aQueryWithoutSqlIsTreatedAlike() throws InterruptedException {
        LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        behindALongOne(
                client -> begin(client.reads()
                        .with(CallLimits.within(HOUR))
                        .raw(List.of("root.a.v"), 0, 1)
                        .map(row -> row.getLong(0))
                        .then()),
                peer -> {
                    Received second = next(peer);
                    told.add(second.argument("timeout"));
                    peer.send(ServerMessages.reply(second, ServerMessages.numbers(1, false)));
                });
        assertThat(end()).isEqualTo("complete");
        assertThat(told)
                .containsExactly(
                        String.valueOf(Duration.ofMinutes(20).plus(SLACK).toMillis()));
    }

    @Test
    void whoseTimeIsOverWhenHisTurnComesIsNotSent() throws InterruptedException {
        behindALongOne(
                client -> begin(client.execute("second", CallLimits.within(Duration.ofMinutes(30)))),
                WriteScript::farewell);
        isNotSent(end(), ErrorKind.OVERLOAD);
    }

    @Test
    void theRequestsOfOneWriteHaveOneLimitTogether() throws InterruptedException {
        inParts(client -> {
            Tablet tablet = Tablet.ofDevice("d").column("v", IotdbType.TEXT).build();
            IntStream.range(0, 4).forEach(i -> tablet.row(i).set(0, "x".repeat(30_000)));
            return client.writes().insertTablet(tablet);
        });
    }

    @Test
    void theRequestsOfRecordsHaveOneLimitTogether() throws InterruptedException {
        inParts(client -> client.writes()
                .insertRecords(IntStream.range(0, 4)
                        .mapToObj(i -> DeviceRow.of("d", i).set("v", "x".repeat(30_000)))
                        .toList()));
    }

    /** Two rows fit into a request; the time is over when the first one is answered. */
    private void inParts(Function<IotdbClient, Mono<WriteResult>> write) throws InterruptedException {
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            login(peer);
            Received first = next(peer);
            pass(HOUR);
            answer(peer, first, 200);
            WriteScript.farewell(peer);
        })) {
            IotdbClient client = client(server, "&maxRequestSize=64KiB&statementTimeout=1h");
            begin(write.apply(client).then());
            assertThat(end()).isInstanceOfSatisfying(WeirException.class, error -> {
                WriteResult result = ((IncompleteWriteException) error.getCause()).result();
                assertThat(result.rows()).isEqualTo(2);
                assertThat(result.refusedRows()).isEqualTo(2);
                assertThat(result.rowsInDoubt()).isZero();
                assertThat(result.refusals())
                        .allSatisfy(
                                refusal -> assertThat(refusal.error().sent()).isEqualTo(Sent.NO));
            });
            client.close().block(PATIENCE);
            server.assertDone();
        }
    }

    @Test
    void aSessionOfItsOwnThatAStatementNeedsIsWaitedForWithinItsLimitToo() throws InterruptedException {
        LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        try (ScriptedServer server = ScriptedServer.start(peer -> {
            Received open = next(peer);
            pass(Duration.ofMinutes(40));
            peer.send(ServerMessages.reply(open, ServerMessages.opened(200, "Login successfully", 77)));
            Received id = next(peer);
            Received properties = next(peer);
            peer.send(ServerMessages.reply(id, 5));
            peer.send(ServerMessages.reply(properties, ServerMessages.properties("2.0.1-script")));
            Received drop = next(peer);
            told.add(drop.argument("timeout"));
            peer.send(ServerMessages.reply(drop, ServerMessages.done()));
            WriteScript.farewell(peer);
        })) {
            IotdbClient client = client(server, "/db", "&sqlDialect=table");
            begin(client.execute("DROP DATABASE db", CallLimits.within(HOUR)));
            assertThat(end()).isEqualTo("complete");
            assertThat(told)
                    .containsExactly(
                            String.valueOf(Duration.ofMinutes(20).plus(SLACK).toMillis()));
            client.close().block(PATIENCE);
            server.assertDone();
        }
    }
}
