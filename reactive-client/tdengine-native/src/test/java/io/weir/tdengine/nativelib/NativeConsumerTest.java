package io.weir.tdengine.nativelib;

import static io.weir.tdengine.nativelib.ToyClient.LONG;
import static io.weir.tdengine.nativelib.ToyClient.all;
import static io.weir.tdengine.nativelib.ToyClient.errorOf;
import static io.weir.tdengine.nativelib.ToyClient.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.TdengineClient;
import io.weir.tdengine.TdengineConsumer;
import io.weir.tdengine.TdengineMessage;
import io.weir.tdengine.TdengineOptions;
import io.weir.tdengine.TdengineStatement;
import io.weir.tdengine.TdengineSubscription;
import io.weir.tdengine.TdengineSubscription.Start;
import io.weir.tdengine.type.MessageType;
import io.weir.tdengine.type.TopicRange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What is the library's own about subscriptions: shared threads, messages that come once, memory, and its errors. */
class NativeConsumerTest {

    private static final int CONNECTION_BROKEN = 0x8000000b;
    private static final int UNKNOWN_CONSUMER = 0x80004001;

    private int made;

    /** A topic of its own for each test, and rows in it. */
    private TdengineSubscription topic(ToyClient at, String what, int rows) {
        String name = what + Long.toUnsignedString(System.nanoTime(), Character.MAX_RADIX) + made++;
        get(at.client.execute("CREATE DATABASE IF NOT EXISTS x"));
        get(at.client.execute("CREATE TABLE x." + name + " (ts TIMESTAMP, v INT)"));
        get(at.client.execute("CREATE TOPIC " + name + " AS SELECT ts, v FROM x." + name));
        if (rows > 0) {
            write(at, name, 0, rows);
        }
        return TdengineSubscription.of("g", name)
                .withStart(Start.EARLIEST)
                .withCommitInterval(Duration.ZERO)
                .withPollTime(Duration.ofMillis(50));
    }

    private static void write(ToyClient at, String table, int from, int to) {
        StringBuilder values = new StringBuilder();
        for (int v = from; v < to; v++) {
            values.append(" (")
                    .append(1_700_000_000_000L + v)
                    .append(", ")
                    .append(v)
                    .append(')');
        }
        get(at.client.execute("INSERT INTO x." + table + " VALUES" + values));
    }

    private static Flux<Integer> values(TdengineConsumer consumer) {
        return consumer.messages()
                .concatMap(
                        message -> Flux.using(
                                () -> message,
                                taken -> taken.rows((table, row) -> row.get(1, Integer.class)),
                                TdengineMessage::close),
                        0);
    }

    @Test
    void withoutDemandTheLibraryIsNotPolled() {
        try (ToyClient at = ToyClient.start()) {
            TdengineConsumer consumer = get(at.client.consumer(topic(at, "idle", 3)));
            long before = at.toy.toy_polls();
            BaseSubscriber<TdengineMessage> reader = new BaseSubscriber<>() {
                @Override
                protected void hookOnSubscribe(Subscription subscription) {}

                @Override
                protected void hookOnNext(TdengineMessage message) {
                    message.close();
                }
            };
            consumer.messages().subscribe(reader);
            // A poll would have had its turn before this.
            get(consumer.topics());
            assertThat(at.toy.toy_polls()).isEqualTo(before);
            reader.request(1);
            ToyClient.until(() -> at.toy.toy_polls() > before);
            reader.cancel();
            get(consumer.close());
        }
    }

    @Test
    void pollsThatWaitLeaveRoomForAllOtherWork() {
        for (int threads : new int[] {1, 3}) {
            try (ToyClient at = ToyClient.start(TdengineOptions.NATIVE_THREADS, threads)) {
                List<TdengineConsumer> consumers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    TdengineConsumer consumer =
                            get(at.client.consumer(topic(at, "silent", 0).withPollTime(Duration.ofMinutes(1))));
                    consumers.add(consumer);
                    consumer.messages().subscribe();
                }
                get(at.client.execute("CREATE TABLE IF NOT EXISTS x.beside (ts TIMESTAMP, v INT)"));
                List<Long> written =
                        all(at.client.inSession(session -> session.prepare("INSERT INTO x.beside VALUES(?, ?)")
                                .flatMapMany(statement -> Flux.range(0, 10).concatMap(i -> write(statement, i)))));
                assertThat(written).hasSize(10).containsOnly(1L);
                Flux.fromIterable(consumers)
                        .flatMap(TdengineConsumer::topics)
                        .count()
                        .block(LONG);
            }
        }
    }

    private static Mono<Long> write(TdengineStatement statement, int i) {
        return statement.write(statement.batch().row(Instant.ofEpochMilli(i), i));
    }

    @Test
    void whatCameForAReaderWhoHasLeftIsGivenToTheNextOneAndOnlyOnce() {
        try (ToyClient at = ToyClient.start()) {
            TdengineSubscription subscription = topic(at, "left", 0).withPollTime(Duration.ofMinutes(1));
            String table = subscription.topics().get(0);
            TdengineConsumer consumer = get(at.client.consumer(subscription));
            for (int v = 0; v < 10; v++) {
                long before = at.toy.toy_polls();
                Disposable gone = consumer.messages().subscribe(TdengineMessage::close);
                ToyClient.until(() -> at.toy.toy_polls() > before);
                gone.dispose();
                // Most likely into the poll that still waits.
                write(at, table, v, v + 1);
                assertThat(get(values(consumer).next())).isEqualTo(v);
            }
            get(consumer.close());
        }
    }

    @Test
    void seekingDropsWhatHasComeOfThatLogBefore() {
        try (ToyClient at = ToyClient.start()) {
            TdengineSubscription subscription = topic(at, "seek", 0).withPollTime(Duration.ofMinutes(1));
            String table = subscription.topics().get(0);
            TdengineConsumer consumer = get(at.client.consumer(subscription));
            long before = at.toy.toy_polls();
            Disposable gone = consumer.messages().subscribe(TdengineMessage::close);
            ToyClient.until(() -> at.toy.toy_polls() > before);
            gone.dispose();
            write(at, table, 0, 1);
            write(at, table, 1, 2);
            TopicRange range = get(consumer.assignment(table)).get(0);
            get(consumer.seek(range.place(), range.begin()));
            assertThat(all(values(consumer).take(2))).containsExactly(0, 1);
            get(consumer.close());
        }
    }

    @Test
    void rowsThatMadeTheirTableBringBothAndNamesAreLeftOutIfTold() {
        try (ToyClient at = ToyClient.start()) {
            String name = "both" + Long.toUnsignedString(System.nanoTime(), Character.MAX_RADIX);
            get(at.client.execute("CREATE DATABASE " + name));
            get(at.client.execute("CREATE STABLE " + name + ".s (ts TIMESTAMP, v INT) TAGS (place NCHAR(10))"));
            get(at.client.execute("CREATE TOPIC " + name + " WITH META AS DATABASE " + name));
            get(at.client.execute(
                    "INSERT INTO " + name + ".t1 USING " + name + ".s TAGS ('hier') VALUES (1700000000000, 1)"));
            List<String> seen = all(at.client
                    .consume(
                            TdengineSubscription.of("g", name)
                                    .withStart(Start.EARLIEST)
                                    .withTableNames(false),
                            message -> message.type() == MessageType.META
                                    ? Flux.empty()
                                    : message.rows((table, row) -> message.type() + " '" + table + "' " + row.getLong(1)
                                            + " " + message.meta()))
                    .take(1));
            assertThat(seen.get(0))
                    .startsWith("DATA_AND_META '' 1 {")
                    .contains("\"child\"", "\"t1\"", "\"using\":\"s\"");
        }
    }

    @Test
    void aPollThatFailsForAWhileIsTriedAgainAndOneThatIsRefusedEndsTheMessages() {
        try (ToyClient at = ToyClient.start()) {
            TdengineConsumer consumer = get(at.client.consumer(topic(at, "fails", 3)));
            at.toy.toy_fail_polls(CONNECTION_BROKEN, 2);
            assertThat(all(values(consumer).take(3))).containsExactly(0, 1, 2);
            at.toy.toy_fail_polls(UNKNOWN_CONSUMER, 1);
            WeirException refused = errorOf(consumer.messages());
            assertThat(refused.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(refused.code()).isEqualTo(0x4001);
            assertThat(refused.endpoint()).isNotNull();
            // The consumer is as good as before.
            TopicRange range =
                    get(consumer.assignment(get(consumer.topics()).get(0))).get(0);
            get(consumer.seek(range.place(), 0));
            assertThat(all(values(consumer).take(3))).containsExactly(0, 1, 2);
            get(consumer.close());
        }
    }

    @Test
    void aServerThatStaysAwayEndsTheMessagesWhenPatienceIsOver() {
        try (ToyClient at = ToyClient.start()) {
            TdengineConsumer consumer =
                    get(at.client.consumer(topic(at, "away", 1).withPatience(Duration.ZERO)));
            at.toy.toy_fail_polls(CONNECTION_BROKEN, 1);
            assertThat(errorOf(consumer.messages()).kind()).isEqualTo(ErrorKind.CLOSED);
            get(consumer.close());
        }
    }

    /** Closing the client checks that nothing is left in the library. */
    @Test
    void whoeverGoesInTheMiddleOfAnythingLeavesNothingBehind() {
        try (ToyClient at = ToyClient.start()) {
            TdengineSubscription subscription = topic(at, "gone", 10);
            List<Disposable> readers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                TdengineSubscription mine = TdengineSubscription.of(
                                "g" + i, subscription.topics().get(0))
                        .withStart(Start.EARLIEST);
                Disposable reader =
                        at.client.consume(mine, message -> Flux.just(1)).subscribe();
                if (i % 2 == 0) {
                    reader.dispose();
                } else {
                    readers.add(reader);
                }
            }
            get(at.client.ping());
            assertThat(readers).hasSize(10);
        }
    }

    @Test
    void aClientThatClosesWhileConsumersAreOpenedClosesThemToo() {
        for (int i = 0; i < 10; i++) {
            try (ToyClient at = ToyClient.start()) {
                TdengineSubscription subscription = topic(at, "opening", 1);
                IntStream.range(0, 4)
                        .forEach(any -> at.client
                                .consumer(subscription)
                                .onErrorComplete()
                                .subscribe());
            }
        }
    }

    @Test
    void aTokenLogsInAsWell() {
        try (ToyClient at = ToyClient.start()) {
            TdengineSubscription subscription = topic(at, "token", 1);
            TdengineClient client =
                    TdengineClient.create("tdengine:native://h?bearerToken=toytoken&nativeLibrary=" + Toy.library());
            assertThat(all(client.consume(
                                    subscription,
                                    message -> Flux.fromIterable(message.tables())
                                            .map(rows -> rows.page().size()))
                            .take(1)))
                    .hasSize(1);
            get(client.close());
        }
    }

    @Test
    void aSecondFactorIsRefusedBecauseTheLibraryHasNoPlaceForIt() {
        try (ToyClient at = ToyClient.start(TdengineOptions.TOTP_CODE, "123456")) {
            assertThat(get(at.client.ping())).isTrue();
            WeirException error = errorOf(at.client.consumer(TdengineSubscription.of("g", "t")));
            assertThat(error.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
            assertThat(error).hasMessageContaining("totpCode").hasMessageContaining("bearerToken");
        }
    }

    @Test
    void aLibraryWithoutSubscriptionsIsGoodForAllElse() {
        Path library = Toy.build("libtaos-unsubscribed", "-Dtmq_consumer_new=other_consumer_new");
        try (ToyClient at = ToyClient.of(library)) {
            assertThat(get(at.client.ping())).isTrue();
            WeirException error = errorOf(at.client.consumer(TdengineSubscription.of("g", "t")));
            assertThat(error.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
            assertThat(error).hasMessageContaining("newer client library").hasMessageContaining("tmq_consumer_new");
        }
    }
}
