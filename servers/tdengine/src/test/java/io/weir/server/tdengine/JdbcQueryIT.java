package io.weir.server.tdengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Queries of the vendor's JDBC driver. */
@Timeout(60)
class JdbcQueryIT {

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
    void readsWhatItHasWritten() throws SQLException {
        try (Connection connection = Jdbc.connect(server, "")) {
            Jdbc.execute(
                    connection,
                    "CREATE DATABASE written PRECISION 'us'",
                    "USE written",
                    "CREATE STABLE meters (ts TIMESTAMP, v INT, name NCHAR(8)) TAGS (place VARCHAR(10), no INT)",
                    "INSERT INTO d1 USING meters TAGS ('north', 1) VALUES ('2026-01-01T00:00:00.000001Z', 1, 'über')"
                            + " d2 USING meters TAGS ('south', 2) VALUES (1767225600000002, NULL, 'x') (1767225600000003, 3, NULL)");

            assertThat(Jdbc.rows(connection, "SELECT place, v, name, tbname FROM meters WHERE ts > 0 ORDER BY ts DESC"))
                    .containsExactly("south|3|null|d2", "south|null|x|d2", "north|1|über|d1");
            assertThat(Jdbc.rows(connection, "SELECT count(*), sum(v), max(v) FROM meters"))
                    .containsExactly("3|4|3");
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void readsManyBlocksAndMayStopEarly() throws SQLException {
        try (Connection connection = Jdbc.connect(server, "");
                Statement statement = connection.createStatement()) {
            long row = 0;
            try (ResultSet rows = statement.executeQuery("SELECT * FROM weir_gen.rows_20001")) {
                while (rows.next()) {
                    assertThat(rows.getLong("i")).isEqualTo(row * 7);
                    assertThat(rows.getString("s")).isEqualTo("sensor-%07d".formatted(row));
                    row++;
                }
            }
            assertThat(row).isEqualTo(20_001);

            try (ResultSet rows = statement.executeQuery("SELECT * FROM weir_gen.rows_1000000")) {
                assertThat(rows.next()).isTrue();
            }
            assertThat(Jdbc.rows(connection, "SELECT 1")).containsExactly("1");
        }
    }

    @Test
    void isToldOfErrors() throws SQLException {
        assertThatThrownBy(() -> Jdbc.connect(server, "", "password", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("Authentication failure");
        try (Connection connection = Jdbc.connect(server, "")) {
            assertThatThrownBy(() -> Jdbc.rows(connection, "SELEC 1"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("syntax error near \"SELEC 1\"");
            assertThatThrownBy(() -> Jdbc.rows(connection, "SELECT * /*weir fail=5000*/ FROM weir_gen.rows_9000"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("failed after 5000 rows");
        }
    }

    @Test
    void readsCompressedBlocksThatComeInPieces() throws SQLException {
        try (Connection connection = Jdbc.connect(server, "", "enableCompression", "true")) {
            assertThat(Jdbc.rows(connection, "SELECT i, s FROM weir_gen.rows_9000"))
                    .hasSize(9000)
                    .endsWith("62993|sensor-0008999");
        }
    }
}
