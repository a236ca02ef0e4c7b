package io.weir.server.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.taosdata.jdbc.tmq.ConsumerRecord;
import com.taosdata.jdbc.tmq.ConsumerRecords;
import com.taosdata.jdbc.tmq.TaosConsumer;
import com.taosdata.jdbc.tmq.TopicPartition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Subscriptions of the vendor's JDBC driver. */
@Timeout(60)
class JdbcSubscriptionIT {

    private static TdengineStandIn server;

    @BeforeAll
    static void start() {
        server = TdengineStandIn.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TaosConsumer<Map<String, Object>> consumer(String group, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("td.connect.type", "ws");
        properties.setProperty("bootstrap.servers", "127.0.0.1:" + server.port());
        properties.setProperty("td.connect.user", "root");
        properties.setProperty("td.connect.pass", password);
        properties.setProperty("group.id", group);
        properties.setProperty("client.id", "one");
        properties.setProperty("auto.offset.reset", "earliest");
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("msg.with.table.name", "true");
        properties.setProperty("value.deserializer", "com.taosdata.jdbc.tmq.MapDeserializer");
        return new TaosConsumer<>(properties);
    }

    private static List<String> poll(TaosConsumer<Map<String, Object>> consumer, int wanted) throws SQLException {
        List<String> values = new ArrayList<>();
        while (values.size() < wanted) {
            ConsumerRecords<Map<String, Object>> records = consumer.poll(Duration.ofMillis(500));
            for (ConsumerRecord<Map<String, Object>> record : records) {
                values.add(String.valueOf(record.value().get("v")));
            }
        }
        return values;
    }

    @Test
    void readsWhatWasWrittenAndGoesOnWhereItCommitted() throws SQLException {
        try (Connection connection = Jdbc.connect(server, "")) {
            Jdbc.execute(
                    connection,
                    "CREATE DATABASE watched",
                    "USE watched",
                    "CREATE STABLE s (ts TIMESTAMP, v INT) TAGS (place VARCHAR(10))",
                    "INSERT INTO a USING s TAGS ('x') VALUES (1700000000000, 1) (1700000000001, 2)",
                    "CREATE TOPIC seen AS SELECT ts, v, place FROM s WHERE v > 1");
            try (TaosConsumer<Map<String, Object>> first = consumer("g", "taosdata")) {
                first.subscribe(List.of("seen"));
                assertThat(first.subscription()).containsExactly("seen");
                assertThat(poll(first, 1)).containsExactly("2");
                first.commitSync();
                Jdbc.execute(connection, "INSERT INTO b USING s TAGS ('y') VALUES (1700000000002, 3)");
                assertThat(poll(first, 1)).containsExactly("3");
                first.unsubscribe();
            }
            try (TaosConsumer<Map<String, Object>> second = consumer("g", "taosdata")) {
                second.subscribe(List.of("seen"));
                assertThat(poll(second, 1)).containsExactly("3");

                TopicPartition partition = second.assignment().iterator().next();
                long position = second.position(partition);
                assertThat(second.beginningOffsets("seen")).containsEntry(partition, 0L);
                assertThat(second.endOffsets("seen")).containsEntry(partition, position);
                second.seek(partition, 0);
                assertThat(poll(second, 2)).containsExactly("2", "3");
                second.unsubscribe();
            }
        }
    }

    @Test
    void isToldOfAWrongPasswordAndAMissingTopic() throws SQLException {
        try (TaosConsumer<Map<String, Object>> consumer = consumer("g", "wrong")) {
            assertThatThrownBy(() -> consumer.subscribe(List.of("seen")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Authentication failure");
        }
        try (TaosConsumer<Map<String, Object>> consumer = consumer("g", "taosdata")) {
            assertThatThrownBy(() -> consumer.subscribe(List.of("nothing")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Topic not exist");
        }
    }
}
