package io.weir.tdengine;

import static io.weir.tdengine.StandIn.errorOf;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.TdengineSubscription.Start;
import io.weir.tdengine.type.MessageType;
import io.weir.tdengine.type.TopicPlace;
import io.weir.testkit.Hex;
import io.weir.testkit.ScriptedServer;
import io.weir.testkit.WebSocketPeer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a consumer says, message by message, and what becomes of answers that are lost or can not be read. */
class ConsumerScriptTest {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final TdengineSubscription BY_HAND = TdengineSubscription.of("g", "t")
            .withStart(Start.EARLIEST)
            .withClientId("c")
            .withCommitInterval(Duration.ZERO)
            .withPatience(Duration.ofSeconds(1))
            .withTableNames(false)
            .with("max.poll.interval.ms", "1000");

    /** The server's end. */
    private record Server(WebSocketPeer socket) {

        JsonNode expect(String action) {
            JsonNode request = MAPPER.readTree(socket.readText());
            assertThat(request.path("action").stringValue()).isEqualTo(action);
            return request;
        }

        void answer(JsonNode request, String more) {
            socket.sendText("{\"code\":0,\"message\":\"\",\"action\":\""
                    + request.path("action").stringValue() + "\",\"req_id\":"
                    + id(request) + ",\"timing\":1" + more + "}");
        }

        void noMessage(JsonNode poll) {
            answer(poll, ",\"have_message\":false,\"topic\":\"\",\"vgroup_id\":0,\"message_id\":0,\"offset\":0");
        }

        void message(JsonNode poll, int type, long id) {
            message(poll, type, id, 2);
        }

        void message(JsonNode poll, int type, long id, int group) {
            answer(
                    poll,
                    ",\"have_message\":true,\"topic\":\"t\",\"database\":\"d\",\"vgroup_id\":" + group
                            + ",\"message_type\":" + type + ",\"message_id\":" + id + ",\"offset\":" + 10 * id);
        }

        /** Grants what a poll has told of: a change of tables. */
        void meta(long id) {
            answer(expect("fetch_json_meta"), ",\"message_id\":" + id + ",\"data\":{\"type\":\"create\"}");
            answer(expect("position"), ",\"position\":[" + (10 * id + 10) + "]");
        }

        void rows(JsonNode fetch, byte... data) {
            ByteBuf out = Unpooled.buffer();
            out.writeLongLE(-1).writeLongLE(8).writeShortLE(1).writeLongLE(7).writeLongLE(id(fetch));
            out.writeIntLE(0).writeIntLE(0).writeLongLE(1).writeShortLE(1);
            out.writeIntLE(data.length).writeBytes(data);
            socket.send(WebSocketPeer.BINARY, ByteBufUtil.getBytes(out));
        }

        private static long id(JsonNode request) {
            return request.path("args").path("req_id").longValue();
        }
    }

    private static void talk(Consumer<Server> script, Consumer<TdengineConsumer> work) {
        try (ScriptedServer listener = ScriptedServer.start(peer -> {
                    WebSocketPeer socket = WebSocketPeer.accept(peer);
                    assertThat(socket.request()).contains("/rest/tmq?token=k ");
                    Server server = new Server(socket);
                    JsonNode subscribe = server.expect("subscribe");
                    JsonNode args = subscribe.path("args");
                    assertThat(args.path("group_id").stringValue()).isEqualTo("g");
                    assertThat(args.path("client_id").stringValue()).isEqualTo("c");
                    assertThat(args.path("offset_rest").stringValue()).isEqualTo("earliest");
                    assertThat(args.path("auto_commit").stringValue()).isEqualTo("false");
                    assertThat(args.path("with_table_name").stringValue()).isEqualTo("false");
                    assertThat(args.path("config").path("max.poll.interval.ms").stringValue())
                            .isEqualTo("1000");
                    server.answer(subscribe, ",\"version\":\"3.3.8.1\"");
                    script.accept(server);
                    while (!socket.isAtEnd()) {
                        WebSocketPeer.Frame frame = socket.read();
                        if (frame.opcode() == WebSocketPeer.TEXT) {
                            JsonNode request = MAPPER.readTree(frame.text());
                            if (request.path("action").stringValue("").equals("unsubscribe")) {
                                server.answer(request, "");
                            }
                        }
                    }
                });
                ClosingClient it =
                        ClosingClient.of("tdengine://u:p@" + listener.host() + ":" + listener.port() + "/d?token=k")) {
            TdengineConsumer consumer = get(it.client().consumer(BY_HAND));
            work.accept(consumer);
            get(consumer.close());
            listener.assertDone();
        }
    }

    /** Counts by hand. */
    private static final class Reader extends BaseSubscriber<TdengineMessage> {
        private final BlockingQueue<Long> offsets = new LinkedBlockingQueue<>();

        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(TdengineMessage message) {
            offsets.add(message.offset());
            message.close();
        }
    }

    @Test
    void withoutDemandThereIsNoPollAndNeverAreThereTwo() {
        talk(
                server -> {
                    server.answer(server.expect("list_topics"), ",\"topics\":[\"t\"]");
                    JsonNode poll = server.expect("poll");
                    assertThat(poll.path("args").path("message_id").longValue()).isZero();
                    assertThat(poll.path("args").path("blocking_time").longValue())
                            .isEqualTo(500);
                    JsonNode other = server.expect("list_topics");
                    server.noMessage(poll);
                    server.answer(other, ",\"topics\":[\"t\"]");
                    JsonNode second = server.expect("poll");
                    server.message(second, 2, 5);
                    server.meta(5);
                    server.answer(server.expect("commit_offset"), "");
                },
                consumer -> {
                    Reader reader = new Reader();
                    consumer.messages().subscribe(reader);
                    assertThat(get(consumer.topics())).containsExactly("t");
                    reader.request(1);
                    assertThat(get(consumer.topics())).containsExactly("t");
                    Await.until(() -> reader.offsets.contains(50L));
                    get(consumer.commit(new TopicPlace("t", 2), 60));
                    reader.cancel();
                });
    }

    @Test
    void aMessageWhoseAnswerWasLostIsGivenToTheNextReader() {
        CountDownLatch polled = new CountDownLatch(1);
        talk(
                server -> {
                    JsonNode first = server.expect("poll");
                    polled.countDown();
                    JsonNode topics = server.expect("list_topics");
                    server.message(first, 2, 1);
                    server.answer(topics, ",\"topics\":[]");
                    JsonNode second = server.expect("poll");
                    // It has not been received: so the server gives it once more.
                    assertThat(second.path("args").path("message_id").longValue())
                            .isZero();
                    server.message(second, 2, 1);
                    server.meta(1);
                    JsonNode third = server.expect("poll");
                    assertThat(third.path("args").path("message_id").longValue())
                            .isEqualTo(1);
                    server.message(third, 2, 2);
                    server.meta(2);
                },
                consumer -> {
                    Disposable gone = consumer.messages().subscribe();
                    Await.until(() -> polled.getCount() == 0);
                    gone.dispose();
                    get(consumer.topics());
                    List<Long> offsets = new ArrayList<>();
                    get(consumer.messages()
                            .take(2)
                            .doOnNext(message -> offsets.add(message.nextOffset()))
                            .then());
                    assertThat(offsets).containsExactly(20L, 30L);
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void whoSeeksInALogMissesNothingOfAnotherOne(int other) {
        CountDownLatch polled = new CountDownLatch(1);
        talk(
                server -> {
                    JsonNode first = server.expect("poll");
                    polled.countDown();
                    JsonNode seek = server.expect("seek");
                    server.message(first, 2, 1, other);
                    server.answer(seek, "");
                    JsonNode second = server.expect("poll");
                    // What was on its way and is of this very log is not wanted any longer.
                    assertThat(second.path("args").path("message_id").longValue())
                            .isEqualTo(other == 2 ? 1 : 0);
                    server.message(second, 2, 7, other);
                    server.meta(7);
                },
                consumer -> {
                    Disposable gone = consumer.messages().subscribe();
                    Await.until(() -> polled.getCount() == 0);
                    gone.dispose();
                    get(consumer.seek(new TopicPlace("t", 2), 0));
                    get(consumer.messages().next()).close();
                });
    }

    @Test
    void aMessageOfRowsAndOfTablesThatWereMadeForThemHasBoth() {
        talk(
                server -> {
                    server.message(server.expect("poll"), 3, 1);
                    server.rows(server.expect("fetch_raw_data"), Hex.bytes(vector()));
                    server.meta(1);
                },
                consumer -> {
                    try (TdengineMessage message = get(consumer.messages().next())) {
                        assertThat(message.type()).isEqualTo(MessageType.DATA_AND_META);
                        assertThat(message.meta()).isEqualTo("{\"type\":\"create\"}");
                        assertThat(message.size()).isEqualTo(2);
                        assertThat(get(message.rows((table, row) -> table + row.getString(2))
                                        .collectList()))
                                .containsExactly("ct0", "ct1");
                        assertThat(message.nextOffset()).isEqualTo(20);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 40})
    void rowsThatCanNotBeReadAreATypedError(int length) {
        talk(
                server -> {
                    server.message(server.expect("poll"), 1, 1);
                    JsonNode fetch = server.expect("fetch_raw_data");
                    server.rows(fetch, new byte[length]);
                    server.answer(server.expect("position"), ",\"position\":[11]");
                },
                consumer -> {
                    WeirException error = errorOf(consumer.messages());
                    assertThat(error.kind()).isEqualTo(ErrorKind.PROTOCOL);
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"position\":[]", ",\"position\":null", ""})
    void aPlaceThatIsNotToldIsATypedErrorAndTheRowsThatCameAreLetGo(String answer) {
        byte[] rows = Hex.bytes(vector());
        talk(
                server -> {
                    server.message(server.expect("poll"), 1, 1);
                    server.rows(server.expect("fetch_raw_data"), rows);
                    server.answer(server.expect("position"), answer);
                },
                consumer -> assertThat(errorOf(consumer.messages()).kind()).isEqualTo(ErrorKind.PROTOCOL));
    }

    @Test
    void aMessageOfAKindThatIsUnknownIsATypedError() {
        talk(
                server -> server.message(server.expect("poll"), 9, 1),
                consumer -> assertThat(errorOf(consumer.messages()))
                        .hasMessageContaining("type 9")
                        .satisfies(error -> assertThat(error.kind()).isEqualTo(ErrorKind.PROTOCOL)));
    }

    private static String vector() {
        try {
            return Files.readString(Path.of("src/test/resources/vectors/tmq_raw_data_v1_2blocks.hex"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
