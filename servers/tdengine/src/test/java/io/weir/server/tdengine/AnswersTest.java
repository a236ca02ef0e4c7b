package io.weir.server.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the adapter was heard to say to messages that it does not understand, or not here. */
class AnswersTest {

    private final TdengineStandIn server =
            TdengineStandIn.start(TdengineServerOptions.defaults().withVersion("3.4.1.13"));

    @AfterEach
    void stop() {
        server.close();
    }

    private static void isRefused(Map<String, Object> answer, String action, long requestId, String message) {
        assertThat(answer)
                .containsEntry("code", 65535L)
                .containsEntry("action", action)
                .containsEntry("req_id", requestId)
                .containsEntry("message", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello | 0 | unmarshal request error",
                "[] | 0 | unmarshal request error",
                "{\"action\":5,\"args\":{\"req_id\":5}} | 0 | unmarshal request error",
                "null | 0 | request no action",
                "{\"args\":{\"req_id\":5}} | 5 | request no action",
                "{\"action\":null,\"args\":{\"req_id\":5}} | 5 | request no action"
            })
    void whatIsNoRequest(String text, long requestId, String message) {
        try (RawClient client = RawClient.connected(server)) {
            client.text(text);
            isRefused(client.json(), "", requestId, message);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "conn, connect",
        "insert, schemaless insert",
        "free_result, free result",
        "fetch_block, fetch block",
        "get_current_db, get current db",
        "options_connection, options connection",
        "stmt2_prepare, stmt2 prepare"
    })
    void argumentsThatAreMissingOrOfAnotherType(String action, String spoken) {
        try (RawClient client = RawClient.connected(server)) {
            client.text("{\"action\":\"" + action + "\"}");
            isRefused(client.json(), action, 0, "unmarshal " + spoken + " request error");
            client.send(action, "\"req_id\":-1");
            isRefused(client.json(), action, 0, "unmarshal " + spoken + " request error");
            client.send(action, "\"req_id\":\"7\"");
            isRefused(client.json(), action, 7, "unmarshal " + spoken + " request error");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "check_server_status | \"fqdn\":5",
                "conn | \"user\":5",
                "insert | \"protocol\":1,\"data\":\"m v=1 1\",\"ttl\":\"x\"",
                "stmt2_prepare | \"stmt_id\":99,\"sql\":5",
                "query | \"sql\":7"
            })
    void oneArgumentOfAnotherTypeSpoilsAll(String action, String args) {
        try (RawClient client = RawClient.connected(server)) {
            client.send(action, "\"req_id\":8," + args);
            assertThat(client.json())
                    .containsEntry("req_id", 8L)
                    .extractingByKey("message")
                    .asString()
                    .startsWith("unmarshal ");
        }
    }

    @Test
    void argumentsAreNotLookedAtWhereTheActionCanNotBeDone() {
        try (RawClient client = new RawClient(server, "/ws")) {
            client.text("{\"action\":\"query\"}");
            isRefused(client.json(), "query", 0, "server not connected");
            client.send("dance", "\"req_id\":6");
            isRefused(client.json(), "dance", 6, "server not connected");
        }
        try (RawClient client = RawClient.connected(server)) {
            client.text("{\"action\":\"dance\"}");
            isRefused(client.json(), "dance", 0, "unknown action dance");
        }
    }

    @Test
    void binaryMessagesAreLookedAtBeforeTheStatementIsLookedFor() {
        try (RawClient client = RawClient.connected(server)) {
            client.binary(RawClient.head(24, 9, 77, 99).array());
            isRefused(client.json(), "unknown", 9, "unknown binary action 99");
            client.binary(RawClient.head(29, 9, 77, 9).putShort((short) 1).array());
            isRefused(client.json(), "stmt2_bind", 9, "message length is too short");
            client.binary(RawClient.head(30, 9, 77, 9).putShort((short) 2).array());
            isRefused(client.json(), "stmt2_bind", 9, "unknown stmt2 bind version");
            client.binary(RawClient.head(26, 9, 77, 11).putShort((short) 2).array());
            isRefused(client.json(), "stmt2_bind_exec", 9, "unknown stmt2 bind exec version");
            client.binary(RawClient.head(26, 9, 77, 11).putShort((short) 1).array());
            isRefused(client.json(), "stmt2_bind_exec", 9, "stmt2 is nil");
            client.binary(RawClient.head(38, 9, 0, 6)
                    .putShort((short) 1)
                    .putInt(50)
                    .put("select 1".getBytes(StandardCharsets.UTF_8))
                    .array());
            isRefused(client.json(), "binary_query", 9, "uncompleted message, sql length:50, remainMessageLength:8");
        }
    }

    private long prepared(RawClient client) {
        for (String sql : new String[] {"CREATE DATABASE d", "USE d", "CREATE TABLE t (ts TIMESTAMP, i INT)"}) {
            client.query(2, sql);
            assertThat(client.json()).containsEntry("code", 0L);
        }
        client.send("stmt2_init", "\"req_id\":3");
        long statement = (Long) client.json().get("stmt_id");
        client.send("stmt2_result", "\"req_id\":3,\"stmt_id\":" + statement);
        isRefused(client.json(), "stmt2_result", 3, "result is nil");
        client.send("stmt2_prepare", "\"req_id\":3,\"sql\":\"INSERT INTO t VALUES(?,?)\",\"stmt_id\":" + statement);
        assertThat(client.json()).containsEntry("code", 0L);
        return statement;
    }

    private static byte[] timestamp(int rows) {
        ByteBuffer block = ByteBuffer.allocate(17 + 9 * rows).order(ByteOrder.LITTLE_ENDIAN);
        return block.putInt(block.capacity())
                .putInt(9)
                .putInt(rows)
                .put(new byte[rows + 1])
                .putInt(8 * rows)
                .array();
    }

    /** One table without a name and tags, and the two columns that it has. */
    private static ByteBuffer bind(byte[] first, byte[] second) {
        ByteBuffer payload =
                ByteBuffer.allocate(32 + first.length + second.length).order(ByteOrder.LITTLE_ENDIAN);
        return payload.putInt(payload.capacity())
                .putInt(1)
                .putInt(0)
                .putInt(2)
                .putInt(0)
                .putInt(0)
                .putInt(28)
                .putInt(first.length + second.length)
                .put(first)
                .put(second);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] all = new byte[buffer.capacity()];
        buffer.get(0, all);
        return all;
    }

    private static Map<String, Object> answer(RawClient client, int action, long statement, ByteBuffer payload) {
        ByteBuffer message = RawClient.head((action == 9 ? 30 : 26) + payload.capacity(), 4, statement, action)
                .putShort((short) 1);
        if (action == 9) {
            message.putInt(-1);
        }
        client.binary(bytes(message.put(bytes(payload))));
        return client.json();
    }

    @Test
    void boundColumnsThatLie() {
        try (RawClient client = RawClient.connected(server)) {
            long statement = prepared(client);
            isRefused(
                    answer(
                            client,
                            9,
                            statement,
                            bind(timestamp(1), timestamp(1)).putInt(0, 9)),
                    "stmt2_bind",
                    4,
                    "total length not match, expect 84, but get 9");
            isRefused(
                    answer(
                            client,
                            9,
                            statement,
                            bind(timestamp(1), timestamp(1)).putInt(28, 1000)),
                    "stmt2_bind",
                    4,
                    "cols out of range, total length: 84, colsTotalLength: 1032");
            isRefused(
                    answer(
                            client,
                            9,
                            statement,
                            bind(timestamp(1), timestamp(1)).putInt(28, 0)),
                    "stmt2_bind",
                    4,
                    "col length is 0, tableIndex: 0");
            isRefused(
                    answer(
                            client,
                            9,
                            statement,
                            bind(timestamp(1), timestamp(1)).putInt(12, 0)),
                    "stmt2_bind",
                    4,
                    "col count is 0, but cols offset is not 0");
            assertThat(answer(client, 9, statement, bind(timestamp(2), timestamp(1))))
                    .containsEntry("message", "row number in each bind param should be the same")
                    .containsEntry("stmt_id", statement);
        }
    }

    @Test
    void columnsOfOneMessageThatLie() {
        try (RawClient client = RawClient.connected(server)) {
            long statement = prepared(client);
            byte[] column = timestamp(1);
            ByteBuffer payload = ByteBuffer.allocate(20 + 2 * column.length).order(ByteOrder.LITTLE_ENDIAN);
            payload.putInt(payload.capacity()).putInt(1).putInt(1).putInt(2).putInt(20);
            payload.put(column).put(column);
            lies(client, statement, payload, 0, 5, "total length not match, expect 72, but get 5");
            lies(client, statement, payload, 4, 2, "column 0 row count not match, got: 1, expect: 2");
            lies(client, statement, payload, 12, 3, "column 2 header out of range");
            lies(client, statement, payload, 16, 0, "field offset out of range, total length: 72, field offset: 0");
            lies(client, statement, payload, 20, 9, "column 0 length too short: 9");
            lies(client, statement, payload, 20, 900, "column 0 out of range, total length: 72");
        }
    }

    private static void lies(RawClient client, long statement, ByteBuffer honest, int at, int value, String message) {
        ByteBuffer lie = ByteBuffer.wrap(bytes(honest)).order(ByteOrder.LITTLE_ENDIAN);
        isRefused(answer(client, 11, statement, lie.putInt(at, value)), "stmt2_bind_exec", 4, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fetch", "fetch_block", "fetch_raw", "fetch_json_meta"})
    void subscriptionsNameTheMessageThatIsNotThere(String action) {
        try (RawClient client = new RawClient(server, "/rest/tmq")) {
            client.send(action, "\"req_id\":3,\"message_id\":5");
            Map<String, Object> answer = client.json();
            isRefused(answer, action, 3, "tmq not init");
            assertThat(answer).containsEntry("message_id", 5L);
        }
    }

    @Test
    void subscriptionsRefuseRawDataInBinary() {
        try (RawClient client = new RawClient(server, "/rest/tmq")) {
            client.send("fetch_raw_data", "\"req_id\":3,\"message_id\":5");
            ByteBuffer answer = client.bytes();
            assertThat(answer.capacity()).isEqualTo(62);
            assertThat(answer.getInt(34)).isEqualTo(65535);
            assertThat(new String(bytes(answer), 42, 12, StandardCharsets.UTF_8))
                    .isEqualTo("tmq not init");
            assertThat(answer.getLong(54)).isEqualTo(5);
        }
    }

    @Test
    void subscriptionsDoNotAnswerWhatIsOfAnotherType() {
        try (RawClient client = new RawClient(server, "/rest/tmq")) {
            client.send("subscribe", "\"req_id\":1,\"auto_commit\":false");
            client.send("version", "\"req_id\":2");
            assertThat(client.json()).containsEntry("action", "version");
        }
    }
}
