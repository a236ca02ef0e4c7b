package io.weir.server.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Prepared statements of the vendor's JDBC driver. */
@Timeout(60)
class JdbcPreparedIT {

    private static TdengineStandIn server;

    @BeforeAll
    static void start() {
        server = TdengineStandIn.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void insertsIntoATableThatIsNamed() throws SQLException {
        try (Connection connection = Jdbc.connect(server, "")) {
            Jdbc.execute(
                    connection,
                    "CREATE DATABASE one",
                    "USE one",
                    "CREATE TABLE t (ts TIMESTAMP, i INT, f FLOAT, s VARCHAR(10), n NCHAR(10))");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?,?,?,?,?)")) {
                for (int i = 0; i < 1000; i++) {
                    insert.setTimestamp(1, new Timestamp(1_700_000_000_000L + i));
                    insert.setInt(2, i);
                    insert.setFloat(3, 2.5f);
                    insert.setString(4, i % 2 == 0 ? null : "s" + i);
                    insert.setString(5, "n" + i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            assertThat(Jdbc.rows(connection, "SELECT count(*), sum(i), count(s) FROM t"))
                    .containsExactly("1000|499500|500");
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT i, f, n FROM t WHERE ts = ? AND i < ?")) {
                query.setTimestamp(1, new Timestamp(1_700_000_000_007L));
                query.setInt(2, 10);
                try (ResultSet found = query.executeQuery()) {
                    assertThat(Jdbc.rows(found)).containsExactly("7|2.5|n7");
                }
            }
        }
    }

    @Test
    void createsTablesOnItsWay() throws SQLException {
        try (Connection connection = Jdbc.connect(server, "")) {
            Jdbc.execute(
                    connection,
                    "CREATE DATABASE many",
                    "USE many",
                    "CREATE STABLE meters (ts TIMESTAMP, v DOUBLE) TAGS (place VARCHAR(10), no INT)");
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO meters (tbname, place, no, ts, v) VALUES (?,?,?,?,?)")) {
                for (int i = 0; i < 30; i++) {
                    insert.setString(1, "d" + i % 3);
                    insert.setString(2, "p" + i % 3);
                    insert.setInt(3, i % 3);
                    insert.setTimestamp(4, new Timestamp(1_700_000_000_000L + i));
                    insert.setDouble(5, i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            assertThat(Jdbc.rows(
                            connection,
                            "SELECT tbname, place, sum(v) FROM meters GROUP BY tbname, place ORDER BY tbname"))
                    .containsExactly("d0|p0|135.0", "d1|p1|145.0", "d2|p2|155.0");
        }
    }

    @Test
    void isToldOfAValueThatIsTooLong() throws SQLException {
        try (Connection connection = Jdbc.connect(server, "")) {
            Jdbc.execute(
                    connection, "CREATE DATABASE strict", "USE strict", "CREATE TABLE t (ts TIMESTAMP, s VARCHAR(4))");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?,?)")) {
                insert.setTimestamp(1, new Timestamp(1_700_000_000_000L));
                insert.setString(2, "12345");
                assertThatThrownBy(insert::executeUpdate)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("Value too long for column/tag: s");
            }
        }
    }

    @Test
    void leavesNoStatementOpen() throws SQLException {
        try (Connection connection = Jdbc.connect(server, "")) {
            Jdbc.execute(connection, "CREATE DATABASE tidy", "USE tidy", "CREATE TABLE t (ts TIMESTAMP, s VARCHAR(4))");
            long before = server.counters().openStatements();
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?,?)")) {
                assertThat(insert.isClosed()).isFalse();
                assertThat(server.counters().openStatements()).isEqualTo(before + 1);
            }
            Jdbc.execute(connection, "SELECT 1");
            assertThat(server.counters().openStatements()).isEqualTo(before);
        }
    }
}
