package io.weir.server.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.server.tdengine.manner.Manner;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the real adapter was seen to do, good or bad. */
@Timeout(60)
class MannersTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private TdengineStandIn server;

    @BeforeEach
    void start() {
        server = TdengineStandIn.start(TdengineServerOptions.defaults().withClock(now::get));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void refusesWhatIsNoProperRequest() {
        try (RawClient client = new RawClient(server, "/ws")) {
            client.text("{");
            assertThat(client.json())
                    .containsEntry("message", "unmarshal request error")
                    .containsEntry("req_id", 0L);
            client.text("{\"args\":{}}");
            assertThat(client.json()).containsEntry("message", "request no action");
            client.send("query", "\"req_id\":7,\"sql\":\"SELECT 1\"");
            assertThat(client.json())
                    .containsEntry("message", "server not connected")
                    .containsEntry("code", 65535L)
                    .containsEntry("req_id", 7L);
            client.send("version", "");
            assertThat(client.json()).containsEntry("version", "3.3.8.1");
            client.send("conn", "\"req_id\":1,\"user\":\"root\",\"password\":\"no\"");
            assertThat(client.json()).containsEntry("code", 855L);
            client.send("conn", "\"req_id\":2,\"user\":\"root\",\"password\":\"taosdata\",\"db\":\"no\"");
            assertThat(client.json()).containsEntry("code", 904L);
            client.send("conn", "\"req_id\":-1,\"user\":\"root\"");
            assertThat(client.json()).containsEntry("message", "unmarshal connect request error");
            client.send("conn", "\"req_id\":3,\"user\":\"root\",\"password\":\"taosdata\",\"app\":\"me\"");
            assertThat(client.json()).containsEntry("code", 0L).containsEntry("version", "3.3.8.1");
            client.send("conn", "\"req_id\":4,\"user\":\"root\",\"password\":\"taosdata\"");
            assertThat(client.json()).containsEntry("message", "duplicate connections");
            client.send("dance", "\"req_id\":5");
            assertThat(client.json()).containsEntry("message", "unknown action dance");
        }
        assertThat(server.lastConn()).containsEntry("user", "root").doesNotContainKey("password");
    }

    @Test
    void anUnknownResultIsNil() {
        try (RawClient client = RawClient.connected(server)) {
            client.fetch(5, 99);
            ByteBuffer answer = client.bytes();

            assertThat(answer.getLong(0)).isEqualTo(-1);
            assertThat(answer.getLong(26)).isEqualTo(5);
            assertThat(answer.getInt(34)).isEqualTo(0xffff);
            byte[] text = new byte[answer.getInt(38)];
            answer.get(42, text);
            assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo("result is nil");
            assertThat(answer.getLong(42 + text.length)).isEqualTo(99);
            assertThat(answer.get(50 + text.length)).isEqualTo((byte) 1);
        }
    }

    @Test
    void anErrorComesInTheMiddleOfAResultAndEndsIt() {
        try (RawClient client = RawClient.connected(server)) {
            client.query(1, "SELECT * /*weir fail=5 block=3*/ FROM weir_gen.rows_9");
            long id = (Long) client.json().get("id");
            List<Integer> rows = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                client.fetch(1, id);
                rows.add(client.bytes().getInt(55 + 8));
            }
            client.fetch(1, id);
            assertThat(rows).containsExactly(3, 2);
            assertThat(client.bytes().getInt(34)).isEqualTo(0x0018);
            assertThat(server.counters().openResults()).isZero();
        }
    }

    @Test
    void answersComeLastFirstWhereAskedTo() {
        server.manners().set(Manner.REORDER, 2);
        try (RawClient client = RawClient.connected(server)) {
            client.query(1, "SELECT 1 /*weir delay=300*/");
            client.query(2, "SELECT 2");

            assertThat(client.json()).containsEntry("req_id", 1L);
            assertThat(client.json()).containsEntry("req_id", 2L);
        }
    }

    @Test
    void aShortQueryOvertakesALongOne() {
        try (RawClient client = RawClient.connected(server)) {
            client.query(1, "SELECT 1 /*weir delay=60000*/");
            client.query(2, "SHOW QUERIES");
            assertThat(client.json()).containsEntry("req_id", 2L);

            client.query(3, "KILL QUERY '" + killId(client) + "'");
            assertThat(List.of(client.json(), client.json()))
                    .anySatisfy(answer ->
                            assertThat(answer).containsEntry("req_id", 1L).containsEntry("code", 0x022DL));
        }
    }

    /** The text of the first column of the first row. */
    private static String killId(RawClient client) {
        client.query(9, "SELECT kill_id FROM performance_schema.perf_queries WHERE sql LIKE 'SELECT 1 %'");
        Map<String, Object> answer = client.json();
        client.fetch(9, (Long) answer.get("id"));
        ByteBuffer block = client.bytes();
        int data = 55 + 28 + 9 + Integer.BYTES;
        byte[] text = new byte[block.getShort(data)];
        block.get(data + 2, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    @Test
    void pingsAndHangsUpByTheClock() {
        try (RawClient client = RawClient.connected(server)) {
            for (int i = 1; i <= 3; i++) {
                pass(54);
                assertThat(client.next()).as("a Pong prolongs").isEqualTo("ping");
                // The client has answered it; its own Ping shows when that has arrived.
                client.ping();
                assertThat(client.next()).isEqualTo("pong");
            }
        }
    }

    private void pass(int seconds) {
        now.updateAndGet(before -> before.plusSeconds(seconds));
        server.keepAlive();
    }

    @Test
    void endsWithoutACloseFrameWhenNothingIsHeard() throws IOException {
        try (PlainClient client = new PlainClient(server)) {
            pass(114);
            assertThat(client.untilTheEnd()).isEmpty();
        }
    }

    @Test
    void aDumbSessionSaysNothingAndStands() throws IOException {
        try (PlainClient client = new PlainClient(server)) {
            server.manners().set(Manner.DUMB, true);
            client.query("SELECT 1");
            pass(200);
            assertThat(server.counters().sockets()).isEqualTo(1);

            server.manners().set(Manner.DUMB, false);
            server.dropConnections();
            assertThat(client.untilTheEnd()).as("neither answer nor Ping").isEmpty();
        }
    }

    @Test
    void dropsTheSocketInTheMiddleOfABlockOnce() throws IOException {
        server.manners().set(Manner.DROP, "block");
        try (PlainClient client = new PlainClient(server)) {
            client.query("SELECT * FROM weir_gen.rows_9");
            client.fetch((Long) client.json().get("id"));
            ByteBuffer half = ByteBuffer.wrap(client.untilTheEnd());
            int announced = half.getShort(2);
            assertThat(half.remaining() - 4).isEqualTo(announced / 2);
        }
        assertThat(server.manners().text(Manner.DROP)).isEmpty();
    }

    @Test
    void theLimiterCountsResultsThatAreNotFreed() {
        server.manners().set(Manner.LIMITER_SLOTS, 1).set(Manner.LIMITER_WAIT_MILLIS, 1);
        try (RawClient client = RawClient.connected(server)) {
            client.query(1, "SELECT 1");
            long id = (Long) client.json().get("id");
            client.query(2, "SELECT 1");
            assertThat(client.json()).containsEntry("code", 65534L);
            client.query(3, "SHOW DATABASES");
            assertThat(client.json()).containsEntry("code", 0L);
            client.fetch(4, id);
            client.bytes();
            client.fetch(5, id);
            client.bytes();
            client.query(6, "SELECT 1");
            assertThat(client.json()).containsEntry("code", 0L);
        }
    }

    @Test
    void rejectsStatementsByConfiguration() {
        server.manners().set(Manner.REJECT_SQL, "^drop");
        try (RawClient client = RawClient.connected(server)) {
            client.query(1, "DROP DATABASE x");
            assertThat(client.json()).containsEntry("code", 65533L);
        }
    }

    @Test
    void anOlderAdapterLeavesTheVersionOut() {
        server.manners().set(Manner.VERSION_IN_CONN, false);
        try (RawClient client = new RawClient(server, "/ws")) {
            client.send("conn", "\"req_id\":1,\"user\":\"root\",\"password\":\"taosdata\"");
            assertThat(client.json().containsKey("version")).isFalse();
        }
    }

    @Test
    void oneEmptyBinaryFrameEndsItAll() throws IOException {
        try (RawClient client = new RawClient(server, "/ws");
                PlainClient other = new PlainClient(server)) {
            client.binary(new byte[0]);
            assertThat(other.untilTheEnd()).isEmpty();
        }
        assertThat(server.causeOfDeath()).contains("empty binary frame");
    }

    @Test
    void validatesStatementsWithAWholeCode() {
        try (RawClient client = RawClient.connected(server)) {
            byte[] sql = "SELEC 1".getBytes(StandardCharsets.UTF_8);
            client.binary(RawClient.head(30 + sql.length, 3, 0, 10)
                    .putShort((short) 1)
                    .putInt(sql.length)
                    .put(sql)
                    .array());
            assertThat(client.json()).containsEntry("code", 0L).containsEntry("result_code", -2_147_473_920L);
        }
    }
}
