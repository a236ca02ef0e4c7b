package io.weir.server.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the vendor's JDBC driver calls efficient writing: rows go to statements of its own by the name of their table. */
@Timeout(60)
class JdbcEfficientWritingIT {

    private static final int ROWS = 3000;
    private static final int THREADS = 3;

    private final TdengineStandIn server = TdengineStandIn.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Connection connect(String database) throws SQLException {
        return Jdbc.connect(
                server,
                database,
                "asyncWrite",
                "STMT",
                "backendWriteThreadNum",
                String.valueOf(THREADS),
                "batchSizeByRow",
                "100",
                "cacheSizeByRow",
                "1000");
    }

    private void define(String database) throws SQLException {
        try (Connection connection = Jdbc.connect(server, "")) {
            Jdbc.execute(
                    connection,
                    "CREATE DATABASE " + database,
                    "USE " + database,
                    "CREATE STABLE meters (ts TIMESTAMP, v DOUBLE, s VARCHAR(4)) TAGS (no INT)");
        }
    }

    private static void add(PreparedStatement insert, int i, String text) throws SQLException {
        insert.setString(1, "d" + i % 10);
        insert.setInt(2, i % 10);
        insert.setTimestamp(3, new Timestamp(1_700_000_000_000L + i));
        insert.setDouble(4, i);
        insert.setString(5, text);
        insert.addBatch();
    }

    @Test
    void rowsOfManyTablesArriveOverSeveralStatements() throws SQLException {
        define("many");
        try (Connection connection = connect("many");
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO meters (tbname, no, ts, v, s) VALUES (?,?,?,?,?)")) {
            assertThat(server.counters().openStatements()).isGreaterThanOrEqualTo(THREADS);
            for (int i = 0; i < ROWS; i++) {
                add(insert, i, "abc");
            }
            insert.executeBatch();
            assertThat(insert.executeUpdate()).isEqualTo(ROWS);
        }
        try (Connection connection = Jdbc.connect(server, "many")) {
            assertThat(Jdbc.rows(connection, "SELECT count(*), sum(v), count(s) FROM meters"))
                    .containsExactly("3000|4498500.0|3000");
            assertThat(Jdbc.rows(
                            connection, "SELECT count(*) FROM information_schema.ins_tables WHERE db_name = 'many'"))
                    .containsExactly("10");
        }
    }

    @Test
    void aRefusedRowIsToldWhenTheWriterWaits() throws SQLException {
        define("strict");
        try (Connection connection = connect("strict");
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO meters (tbname, no, ts, v, s) VALUES (?,?,?,?,?)")) {
            add(insert, 1, "too long");
            insert.executeBatch();
            assertThatThrownBy(insert::executeUpdate)
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Value too long for column/tag: s");
        }
    }
}
