package io.weir.server.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.server.tdengine.manner.Manner;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the real adapter does with logins, options, prepared statements and fetches that overlap. */
@Timeout(60)
class StatementMannersTest {

    private static final String ROOT = "'user':'root','password':'taosdata'";
    private static final int BLOCK = 55;

    private TdengineStandIn server;

    @BeforeEach
    void start() {
        server = TdengineStandIn.start(TdengineServerOptions.defaults());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** Single quotes stand for double ones; what they quote must not have any. */
    private static Map<String, Object> ask(RawClient client, String action, String args) {
        client.send(action, ("'req_id':1" + (args.isEmpty() ? "" : "," + args)).replace('\'', '"'));
        return client.json();
    }

    private static void run(RawClient client, String... statements) {
        for (String sql : statements) {
            client.query(1, sql);
            assertThat(client.json()).as(sql).containsEntry("code", 0L);
        }
    }

    private static ByteBuffer firstBlock(RawClient client, String sql) {
        client.query(2, sql);
        client.fetch(3, (Long) client.json().get("id"));
        return client.bytes();
    }

    /** Of the first column of the first row. */
    private static String firstText(RawClient client, String sql) {
        ByteBuffer block = firstBlock(client, sql);
        int at = BLOCK + 28 + 9 + Integer.BYTES;
        byte[] text = new byte[block.getShort(at)];
        block.get(at + Short.BYTES, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    @Test
    void fetchesThatOverlapAreCountedAndCorruptEachOther() {
        try (RawClient client = RawClient.connected(server)) {
            client.query(1, "SELECT * /*weir wait=20 block=1*/ FROM weir_gen.rows_40");
            long id = (Long) client.json().get("id");
            for (int i = 0; i < 10; i++) {
                client.fetch(10 + i, id);
            }
            List<Long> times = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                times.add(client.bytes().getLong(BLOCK + 28 + 9 * 5 + 1));
            }
            assertThat(server.counters().overlappingFetches()).isPositive();
            assertThat(times.stream().distinct().count())
                    .as("some block came twice")
                    .isLessThan(10);
        }
    }

    @Test
    void aSecondFactorAndATokenLogIn() {
        try (RawClient client = new RawClient(server, "/ws")) {
            assertThat(ask(client, "conn", ROOT + ",'totp_code':'000000'")).containsEntry("code", 0x357L);
            assertThat(ask(client, "conn", "'bearer_token':'other'")).containsEntry("code", 0x357L);
            server.manners().set(Manner.TOKEN_EXPIRED, true);
            assertThat(ask(client, "conn", "'bearer_token':'weir-token'")).containsEntry("code", 0x357L);
            server.manners().set(Manner.TOKEN_EXPIRED, false);
            assertThat(ask(client, "conn", "'bearer_token':'weir-token'")).containsEntry("code", 0L);
            assertThat(ask(client, "get_connection_info", "'info':0")).containsEntry("info", "root");
        }
        try (RawClient client = new RawClient(server, "/ws")) {
            assertThat(ask(client, "conn", ROOT + ",'totp_code':'123456'")).containsEntry("code", 0L);
        }
    }

    @Test
    void aTokenInTheAddressHidesTheOneInTheMessage() {
        try (RawClient client = new RawClient(server, "/ws?token=x")) {
            assertThat(ask(client, "conn", "'bearer_token':'weir-token'")).containsEntry("code", 0x351L);
        }
    }

    @Test
    void optionsOfAConnectionAreSetOneByOneAndTakenBack() {
        try (RawClient client = RawClient.connected(server)) {
            String set = "'options':[{'option':1,'value':'Asia/Tokyo'},{'option':3,'value':'plant'}]";
            assertThat(ask(client, "options_connection", set)).containsEntry("code", 0L);
            assertThat(firstText(client, "SELECT timezone()")).contains("Asia/Tokyo");
            assertThat(ask(client, "options_connection", "'options':[{'option':1,'value':'Nowhere'}]"))
                    .containsEntry("code", 0x119L);
            assertThat(ask(client, "options_connection", "'options':[{'option':9,'value':null}]"))
                    .containsEntry("code", 0x118L);
            assertThat(ask(client, "options_connection", "'options':[{'option':-1,'value':null}]"))
                    .containsEntry("code", 0L);
            assertThat(firstText(client, "SELECT timezone()")).doesNotContain("Tokyo");
        }
    }

    @Test
    void aPreparedResultIsGivenTwiceAndAfterAFailedExecutionToo() {
        try (RawClient client = RawClient.connected(server)) {
            run(client, "CREATE DATABASE d", "CREATE TABLE d.t (ts TIMESTAMP, i INT)");
            ask(client, "stmt2_init", "");
            ask(client, "stmt2_prepare", "'stmt_id':1,'sql':'SELECT i FROM d.t WHERE i > ?','get_fields':true");
            assertThat(ask(client, "stmt2_exec", "'stmt_id':1").get("code"))
                    .as("nothing is bound")
                    .isNotEqualTo(0L);
            assertThat(ask(client, "stmt2_result", "'stmt_id':1"))
                    .containsEntry("code", 0L)
                    .containsEntry("fields_count", 0L);

            client.binary(bindOfOneInt());
            assertThat(client.json()).containsEntry("code", 0L);
            assertThat(ask(client, "stmt2_exec", "'stmt_id':1")).containsEntry("code", 0L);
            Object first = ask(client, "stmt2_result", "'stmt_id':1").get("id");
            Object second = ask(client, "stmt2_result", "'stmt_id':1").get("id");
            assertThat(first).isInstanceOf(Long.class);
            assertThat(second).isInstanceOf(Long.class).isNotEqualTo(first);
        }
    }

    /** One table without a name, no tags, one column with one INT. */
    private static byte[] bindOfOneInt() {
        ByteBuffer payload = ByteBuffer.allocate(28 + 4 + 22).order(ByteOrder.LITTLE_ENDIAN);
        payload.putInt(payload.capacity()).putInt(1).putInt(0).putInt(1);
        payload.putInt(0).putInt(0).putInt(28).putInt(22);
        payload.putInt(22)
                .putInt(4)
                .putInt(1)
                .put((byte) 0)
                .put((byte) 0)
                .putInt(4)
                .putInt(7);
        return RawClient.head(30 + payload.capacity(), 5, 1, 9)
                .putShort((short) 1)
                .putInt(-1)
                .put(payload.array())
                .array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "answer", "bind", "exec", "executed"})
    void aSocketIsCutOnceWhereItIsAskedFor(String where) {
        try (RawClient client = RawClient.connected(server)) {
            run(client, "CREATE DATABASE d", "CREATE TABLE d.t (ts TIMESTAMP, i INT)");
            ask(client, "stmt2_init", "");
            ask(client, "stmt2_prepare", "'stmt_id':1,'sql':'SELECT i FROM d.t WHERE i > ?','get_fields':false");
            if (where.startsWith("exec")) {
                client.binary(bindOfOneInt());
                client.json();
            }
            server.manners().set(Manner.DROP, where);
            if (where.startsWith("exec")) {
                client.send("stmt2_exec", "\"req_id\":1,\"stmt_id\":1");
            } else if (where.equals("bind")) {
                client.binary(bindOfOneInt());
            } else {
                client.query(1, "SELECT 1");
            }
            assertThat(client.next()).isEqualTo("end");
            assertThat(server.manners().text(Manner.DROP)).isEmpty();
        }
    }

    @Test
    void aPollIsCutOffWhereItIsAskedFor() {
        try (RawClient client = RawClient.connected(server);
                RawClient consumer = new RawClient(server, "/rest/tmq")) {
            run(
                    client,
                    "CREATE DATABASE d",
                    "CREATE TABLE d.t (ts TIMESTAMP, i INT)",
                    "CREATE TOPIC c AS SELECT * FROM d.t");
            assertThat(ask(consumer, "subscribe", ROOT + ",'group_id':'g','topics':['c'],'offset_rest':'earliest'"))
                    .containsEntry("code", 0L);
            server.manners().set(Manner.DROP, "poll");
            consumer.send("poll", "\"req_id\":1,\"blocking_time\":0,\"message_id\":0");
            assertThat(consumer.next()).isEqualTo("end");
        }
    }

    @Test
    void groupsByATagThatIsNoAscii() {
        try (RawClient client = RawClient.connected(server)) {
            run(
                    client,
                    "CREATE DATABASE p PRECISION 'us'",
                    "CREATE STABLE p.meters (ts TIMESTAMP, v INT, name VARCHAR(10)) TAGS (site NCHAR(10))",
                    "INSERT INTO p.d1 USING p.meters TAGS('nörd') VALUES (1, 1, 'a'), (2, 2, 'b')",
                    "INSERT INTO p.d2 USING p.meters TAGS('south') VALUES (1, 3, 'c')");
            ByteBuffer block =
                    firstBlock(client, "SELECT site, COUNT(*), SUM(v) FROM p.meters GROUP BY site ORDER BY site");
            assertThat(block.getInt(34)).as("code").isZero();
            assertThat(block.getInt(BLOCK + 8)).as("rows").isEqualTo(2);
        }
    }
}
