package io.weir.tdengine;

import static io.weir.tdengine.StandIn.errorOf;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.server.tdengine.manner.Manner;
import io.weir.tdengine.TdengineSubscription.Start;
import io.weir.tdengine.type.TopicPlace;
import io.weir.testkit.Cut;
import io.weir.testkit.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Subscriptions against the stand-in, in this process: what {@link ConsumerContract} can not see. */
class ConsumerStandInTest {

    private static final TdengineSubscription ALL = TdengineSubscription.of("g", "seen")
            .withStart(Start.EARLIEST)
            .withPollTime(Duration.ofMillis(50))
            .withPatience(Duration.ofMinutes(1))
            .withTableNames(true)
            .withCommitInterval(Duration.ofMillis(20));

    private static final TdengineSubscription BY_HAND = ALL.withCommitInterval(Duration.ZERO);

    private static void topic(StandIn at, int groups) {
        at.run(
                "CREATE DATABASE p VGROUPS " + groups,
                "CREATE STABLE p.s (ts TIMESTAMP, v INT) TAGS (place VARCHAR(10))",
                "CREATE TOPIC seen AS SELECT ts, v, place FROM p.s");
    }

    /** One message each. */
    private static void write(StandIn at, int from, int to) {
        for (int v = from; v < to; v++) {
            at.run(insert(v));
        }
    }

    private static String insert(int v) {
        return "INSERT INTO p.t" + v % 3 + " USING p.s TAGS ('here') VALUES (" + (1700000000000L + v) + ", " + v + ")";
    }

    private static Flux<Integer> values(TdengineMessage message) {
        return message.rows((table, row) -> row.get(1, Integer.class));
    }

    /** Takes the values out and closes the message, without saying that it is processed. */
    private static Flux<Integer> taken(TdengineMessage message) {
        return Flux.using(() -> message, ConsumerStandInTest::values, TdengineMessage::close);
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    /** The first so many values of a consumer of its own. */
    private static List<Integer> consume(StandIn at, TdengineSubscription subscription, int count) {
        return at.client
                .consume(subscription, ConsumerStandInTest::values)
                .take(count)
                .collectList()
                .block(StandIn.LONG);
    }

    @Test
    void whatWasProcessedIsCommittedAndTheNextConsumerGoesOnBehindIt() {
        try (StandIn at = StandIn.start()) {
            topic(at, 1);
            write(at, 0, 1);
            // Each message makes the next one, so that they come one by one.
            Flux<Integer> failing = at.client.consume(
                    ALL,
                    message -> values(message)
                            .concatMap(v -> v == 6
                                    ? Flux.error(new IllegalStateException("no six"))
                                    : at.client.execute(insert(v + 1)).thenReturn(v)));
            StepVerifier.create(failing)
                    .expectNext(0, 1, 2, 3, 4, 5)
                    .expectErrorMessage("no six")
                    .verify(StandIn.LONG);
            write(at, 7, 9);
            assertThat(consume(at, ALL, 3)).containsExactly(6, 7, 8);
            Await.until(() -> at.server.counters().sockets() == at.client.wires());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void nothingIsLostAndNothingComesTwiceWhenConnectionsBreak(int groups) {
        try (StandIn at = StandIn.start();
                FaultProxy proxy = FaultProxy.before(at.server.host(), at.server.port());
                ClosingClient reader =
                        ClosingClient.of("tdengine://root:taosdata@" + proxy.host() + ":" + proxy.port())) {
            topic(at, groups);
            write(at, 0, 1);
            AtomicInteger highest = new AtomicInteger();
            List<Integer> seen = reader.client()
                    .consume(
                            ALL,
                            message -> values(message).collectList().flatMapMany(values -> {
                                // While a message is worked on, and while the server is about to answer.
                                if (values.contains(7) || values.contains(8) || values.contains(25)) {
                                    proxy.forAll(link -> link.cut(Cut.RST));
                                } else if (values.contains(15)) {
                                    at.with(Manner.DROP, "poll");
                                }
                                int next = highest.addAndGet(values.size());
                                return at.client.execute(insert(next)).thenMany(Flux.fromIterable(values));
                            }))
                    .take(40)
                    .collectList()
                    .block(StandIn.LONG);
            assertThat(seen).isEqualTo(numbers(0, 40));
            assertThat(proxy.links()).hasSizeGreaterThan(2);
        }
    }

    @Test
    void consumersOfAGroupShareTheLogsAndLeaveItInEveryEnding() {
        try (StandIn at = StandIn.start()) {
            topic(at, 3);
            write(at, 0, 30);
            TdengineConsumer first = get(at.client.consumer(BY_HAND));
            TdengineConsumer second = get(at.client.consumer(BY_HAND.withClientId("two")));
            List<TopicPlace> all = new ArrayList<>();
            get(first.assignment("seen")).forEach(range -> all.add(range.place()));
            int before = all.size();
            get(second.assignment("seen")).forEach(range -> all.add(range.place()));
            assertThat(all).hasSize(3).doesNotHaveDuplicates();
            assertThat(before).isLessThan(3);
            get(second.close());
            assertThat(get(first.assignment("seen"))).hasSize(3);
            Flux<TdengineMessage> messages = first.messages();
            get(first.close());
            StepVerifier.create(messages).verifyComplete();
            assertThat(errorOf(first.topics()).kind()).isEqualTo(ErrorKind.CLOSED);
        }
    }

    @Test
    void whatIsWrongIsToldAtOnce() {
        try (StandIn at = StandIn.start();
                ClosingClient wrong = ClosingClient.of("tdengine://root:hidden@127.0.0.1:" + at.server.port());
                ClosingClient rest = ClosingClient.of("tdengine:rest://root:taosdata@127.0.0.1:" + at.server.port())) {
            topic(at, 1);
            WeirException login = errorOf(wrong.client().consumer(ALL));
            assertThat(login.kind()).isEqualTo(ErrorKind.AUTH);
            assertThat(login).hasMessageContaining("'g'").hasMessageNotContaining("hidden");
            WeirException missing = errorOf(at.client.consumer(TdengineSubscription.of("g", "nowhere")));
            assertThat(missing.sent()).isEqualTo(WeirException.Sent.ANSWERED);
            assertThat(missing).hasMessageContaining("nowhere").hasMessageContaining("Topic not exist");
            WeirException setting = errorOf(at.client.consumer(ALL.with("no.such", "1")));
            assertThat(setting).hasMessageContaining("no.such");
            assertThat(errorOf(rest.client().consumer(ALL)).kind()).isEqualTo(ErrorKind.UNSUPPORTED);
        }
    }

    @Test
    void aServerGoneDumbIsFoundAndReadingGoesOnOnceItSpeaks() {
        try (StandIn at = StandIn.start();
                ClosingClient reader = ClosingClient.of("tdengine://root:taosdata@127.0.0.1:" + at.server.port()
                        + "?livenessInterval=500ms&livenessLimit=2s&connectTimeout=2s")) {
            topic(at, 1);
            write(at, 0, 1);
            TdengineConsumer consumer = get(reader.client().consumer(BY_HAND));
            Flux<Integer> values = consumer.messages().concatMap(ConsumerStandInTest::taken, 0);
            assertThat(get(values.next())).isZero();
            write(at, 1, 2);
            at.with(Manner.DUMB, true);
            long before = at.server.counters().socketsEver();
            Mono<Integer> next = values.next().cache();
            next.subscribe();
            Await.until(() -> at.server.counters().socketsEver() > before);
            at.with(Manner.DUMB, false);
            assertThat(get(next)).isEqualTo(1);
            get(consumer.close());
        }
    }

    @Test
    void aServerThatStaysAwayEndsTheMessagesWhenPatienceIsOver() {
        try (StandIn at = StandIn.start()) {
            topic(at, 1);
            TdengineConsumer consumer = get(at.client.consumer(BY_HAND.withPatience(Duration.ofMillis(300))));
            at.server.close();
            WeirException error = errorOf(consumer.messages());
            assertThat(error.kind()).isEqualTo(ErrorKind.CONNECT);
            get(consumer.close());
        }
    }

    @Test
    void theEndOfTheClientIsTheEndOfItsConsumers() {
        try (StandIn at = StandIn.start()) {
            topic(at, 1);
            ClosingClient other = ClosingClient.of(at.server.url());
            TdengineConsumer consumer = get(other.client().consumer(ALL));
            Mono<List<String>> seen = consumer.messages()
                    .map(TdengineMessage::topic)
                    .collect(Collectors.toList())
                    .cache();
            seen.subscribe();
            other.close();
            assertThat(get(seen)).isEmpty();
            assertThat(errorOf(other.client().consumer(ALL)).kind()).isEqualTo(ErrorKind.CLOSED);
        }
    }
}
