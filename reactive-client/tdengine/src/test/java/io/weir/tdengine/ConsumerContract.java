package io.weir.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.TdengineSubscription.Start;
import io.weir.tdengine.type.MessageType;
import io.weir.tdengine.type.TopicPlace;
import io.weir.tdengine.type.TopicRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The same for subscriptions, where there are some. */
public abstract class ConsumerContract extends SessionContract {

    private final String topic = database + "_seen";

    /** Before its database is. */
    @AfterEach
    void dropTopic() {
        run("DROP TOPIC IF EXISTS " + topic);
    }

    private TdengineSubscription byHand() {
        return TdengineSubscription.of("g", topic)
                .withStart(Start.EARLIEST)
                .withPollTime(Duration.ofMillis(50))
                .withCommitInterval(Duration.ZERO);
    }

    private TdengineSubscription all() {
        return byHand().withCommitInterval(Duration.ofMillis(20));
    }

    private void makeTopic() {
        run(
                "CREATE STABLE " + database + ".s (ts TIMESTAMP, v INT) TAGS (place VARCHAR(10))",
                "CREATE TOPIC " + topic + " AS SELECT ts, v FROM " + database + ".s");
    }

    private String insert(int v) {
        return "INSERT INTO " + database + ".t" + v % 3 + " USING " + database + ".s TAGS ('here') VALUES ("
                + (1_700_000_000_000L + v) + ", " + v + ")";
    }

    private void write(int from, int to) {
        for (int v = from; v < to; v++) {
            run(insert(v));
        }
    }

    private static Flux<Integer> values(TdengineMessage message) {
        return message.rows((table, row) -> row.get(1, Integer.class));
    }

    /** Takes the values out and closes the message, without saying that it is processed. */
    private static Flux<Integer> taken(TdengineMessage message) {
        return Flux.using(() -> message, ConsumerContract::values, TdengineMessage::close);
    }

    private static Flux<Integer> values(TdengineConsumer consumer) {
        return consumer.messages().concatMap(ConsumerContract::taken, 0);
    }

    private static <T> T get(Mono<T> mono) {
        return mono.block(LONG);
    }

    private List<Integer> consume(TdengineSubscription subscription, int count) {
        return all(client.consume(subscription, ConsumerContract::values).take(count));
    }

    @Test
    void aMessageHasItsRowsItsTableAndItsPlace() {
        makeTopic();
        write(4, 5);
        TdengineConsumer consumer = get(client.consumer(all()));
        try (TdengineMessage message = get(consumer.messages().next())) {
            assertThat(message.topic()).isEqualTo(topic);
            assertThat(message.database()).isEqualTo(database);
            assertThat(message.type()).isEqualTo(MessageType.DATA);
            assertThat(message.offset()).isNotNegative().isLessThan(message.nextOffset());
            assertThat(message.meta()).isEmpty();
            assertThat(all(message.rows((table, row) -> table + " " + row.getLong(0) + " " + row.getLong(1))))
                    .containsExactly("t1 1700000000004 4");
            assertThat(get(consumer.position(message.place()))).containsValue(message.nextOffset());
        }
        assertThat(get(consumer.topics())).containsExactly(topic);
        get(consumer.close());
    }

    @Test
    void changesOfTablesComeAsJson() {
        run(
                "CREATE STABLE " + database + ".s (ts TIMESTAMP, v INT) TAGS (place VARCHAR(10))",
                "CREATE TOPIC " + topic + " WITH META AS DATABASE " + database);
        write(0, 1);
        List<TdengineMessage> seen = new ArrayList<>();
        List<Integer> values = all(client.consume(
                        all(),
                        message -> values(message)
                                .doOnSubscribe(begun -> seen.add(message))
                                .concatWith(
                                        Mono.fromSupplier(() -> message.type().hasMeta() ? -1 : -2)))
                .takeUntil(value -> value == 0));
        assertThat(values).startsWith(-1).endsWith(0);
        assertThat(seen.get(0).type()).isEqualTo(MessageType.META);
        assertThat(seen.get(0).meta()).startsWith("{").contains("\"create\"").contains("\"s\"");
    }

    @Test
    void whatWasProcessedIsCommittedAndTheNextConsumerGoesOnBehindIt() {
        makeTopic();
        write(0, 1);
        // Each message makes the next one, so that they come one by one.
        Flux<Integer> failing = client.consume(
                all(),
                message -> values(message)
                        .concatMap(v -> v == 6
                                ? Flux.error(new IllegalStateException("no six"))
                                : client.execute(insert(v + 1)).thenReturn(v)));
        StepVerifier.create(failing)
                .expectNext(0, 1, 2, 3, 4, 5)
                .expectErrorMessage("no six")
                .verify(LONG);
        write(7, 9);
        assertThat(consume(all(), 3)).containsExactly(6, 7, 8);
    }

    @Test
    void messagesDoneInAnyOrderAreCommittedUpToTheFirstThatIsNot() {
        makeTopic();
        TdengineConsumer consumer = get(client.consumer(all()));
        List<TdengineMessage> messages = new ArrayList<>();
        for (int v = 0; v < 3; v++) {
            write(v, v + 1);
            messages.add(get(consumer.messages().next()));
        }
        TopicPlace place = messages.get(0).place();
        messages.get(1).processed();
        get(consumer.commitProcessed());
        assertThat(get(consumer.committed(place))).isEmpty();
        messages.get(0).processed();
        get(consumer.commitProcessed());
        assertThat(get(consumer.committed(place)))
                .containsEntry(place, messages.get(1).nextOffset());
        messages.get(2).processed();
        Await.until(() -> get(consumer.committed(place))
                .equals(Map.of(place, messages.get(2).nextOffset())));
        messages.forEach(TdengineMessage::close);
        get(consumer.close());
    }

    @Test
    void byHandNothingIsCommittedButWhatIsSaid() {
        makeTopic();
        write(0, 1);
        TdengineConsumer consumer = get(client.consumer(byHand()));
        try (TdengineMessage first = get(consumer.messages().next())) {
            write(1, 2);
            try (TdengineMessage second = get(consumer.messages().next())) {
                first.processed();
                second.processed();
                assertThat(get(consumer.committed(first.place()))).isEmpty();
                get(consumer.commit(first));
                assertThat(get(consumer.committed(first.place()))).containsValue(first.nextOffset());
            }
        }
        get(consumer.close());
        assertThat(consume(byHand(), 1)).containsExactly(1);
    }

    @Test
    void seekGoesBackAndForthAndTheAssignmentTellsHowFar() {
        makeTopic();
        write(0, 3);
        TdengineConsumer consumer = get(client.consumer(byHand()));
        assertThat(all(values(consumer).take(3))).containsExactly(0, 1, 2);
        TopicRange range = get(consumer.assignment(topic)).get(0);
        assertThat(range.position()).isEqualTo(range.end());
        get(consumer.seek(range.place(), range.begin()));
        assertThat(all(values(consumer).take(3))).containsExactly(0, 1, 2);
        WeirException error =
                errorOf(consumer.seek(range.place(), range.end() + 100).flux());
        assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
        write(3, 4);
        assertThat(all(values(consumer).take(1))).containsExactly(3);
        get(consumer.close());
    }

    @Test
    void whoCancelsAndComesAgainMissesNothing() {
        makeTopic();
        TdengineConsumer consumer = get(client.consumer(byHand()));
        List<Integer> seen = new ArrayList<>();
        for (int v = 0; v < 20; v++) {
            // A poll is under way when this one leaves.
            values(consumer).subscribe(seen::add).dispose();
            write(v, v + 1);
            seen.addAll(all(values(consumer).take(1)));
        }
        assertThat(seen).isEqualTo(IntStream.range(0, 20).boxed().toList());
        get(consumer.close());
    }

    @Test
    void whatIsWrongWithASubscriptionIsToldAtOnce() {
        makeTopic();
        WeirException missing =
                errorOf(client.consumer(TdengineSubscription.of("g", "nowhere")).flux());
        assertThat(missing.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
        assertThat(missing)
                .hasMessageContaining("'g'")
                .hasMessageContaining("nowhere")
                .hasMessageContaining("Topic not exist");
        WeirException setting =
                errorOf(client.consumer(all().with("no.such", "1")).flux());
        assertThat(setting.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
        assertThat(setting).hasMessageContaining("no.such");
        TdengineClient wrong = TdengineClient.create(urlOf("root", "secret-thing"));
        try {
            WeirException login = errorOf(wrong.consumer(all()).flux());
            assertThat(login.kind()).isEqualTo(ErrorKind.AUTH);
            assertThat(login).hasMessageContaining("'g'").hasMessageNotContaining("secret-thing");
        } finally {
            wrong.close().block(LONG);
        }
    }

    @Test
    void aClosedConsumerEndsItsMessagesAndAClosedClientItsConsumers() {
        makeTopic();
        TdengineConsumer consumer = get(client.consumer(byHand()));
        get(consumer.close());
        StepVerifier.create(consumer.messages()).verifyComplete();
        assertThat(errorOf(consumer.topics().flux()).kind()).isEqualTo(ErrorKind.CLOSED);
        TdengineClient other = TdengineClient.create(url(""));
        TdengineConsumer last = get(other.consumer(byHand()));
        Mono<List<String>> seen =
                last.messages().map(TdengineMessage::topic).collectList().cache();
        seen.subscribe();
        other.close().block(LONG);
        assertThat(get(seen)).isEmpty();
        assertThat(errorOf(other.consumer(byHand()).flux()).kind()).isEqualTo(ErrorKind.CLOSED);
    }
}
