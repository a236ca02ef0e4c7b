package io.weir.server.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import com.taosdata.jdbc.AbstractConnection;
import com.taosdata.jdbc.enums.SchemalessProtocolType;
import com.taosdata.jdbc.enums.SchemalessTimestampType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every column type, and schemaless writing, as the vendor's JDBC driver sees them. */
@Timeout(60)
class JdbcTypesIT {

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
    void readsEveryType() throws SQLException {
        try (Connection connection = Jdbc.connect(server, "");
                Statement statement = connection.createStatement()) {
            Jdbc.execute(
                    connection,
                    "CREATE DATABASE types",
                    "USE types",
                    "CREATE STABLE s (ts TIMESTAMP, bo BOOL, ti TINYINT, si SMALLINT, i INT, bi BIGINT, uti TINYINT UNSIGNED,"
                            + " usi SMALLINT UNSIGNED, ui INT UNSIGNED, ubi BIGINT UNSIGNED, f FLOAT, d DOUBLE, v VARCHAR(20),"
                            + " n NCHAR(20), vb VARBINARY(20), g GEOMETRY(50), d64 DECIMAL(10,2), d128 DECIMAL(38,4), bl BLOB)"
                            + " TAGS (j JSON)",
                    "INSERT INTO t USING s TAGS ('{\"a\":1}') VALUES (1700000000000, true, -128, -32768, -2147483648,"
                            + " -9223372036854775808, 255, 65535, 4294967295, 18446744073709551615, 1.5, 2.25, 'it''s', '你好',"
                            + " '\\x0102ff', 'POINT(100 100)', -123.45, 1234567890123456789012345678901234.5678, '\\x00ff')",
                    "INSERT INTO t (ts) VALUES (1700000000001)");
            try (ResultSet rows = statement.executeQuery("SELECT *, j->'a' FROM s ORDER BY ts")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getTimestamp("ts").getTime()).isEqualTo(1_700_000_000_000L);
                assertThat(rows.getBoolean("bo")).isTrue();
                assertThat(rows.getByte("ti")).isEqualTo(Byte.MIN_VALUE);
                assertThat(rows.getShort("si")).isEqualTo(Short.MIN_VALUE);
                assertThat(rows.getInt("i")).isEqualTo(Integer.MIN_VALUE);
                assertThat(rows.getLong("bi")).isEqualTo(Long.MIN_VALUE);
                assertThat(rows.getInt("uti")).isEqualTo(255);
                assertThat(rows.getInt("usi")).isEqualTo(65535);
                assertThat(rows.getLong("ui")).isEqualTo(4_294_967_295L);
                assertThat(rows.getObject("ubi")).isEqualTo(new BigInteger("18446744073709551615"));
                assertThat(rows.getFloat("f")).isEqualTo(1.5f);
                assertThat(rows.getDouble("d")).isEqualTo(2.25);
                assertThat(rows.getString("v")).isEqualTo("it's");
                assertThat(rows.getString("n")).isEqualTo("你好");
                assertThat(rows.getBytes("vb")).containsExactly(1, 2, 255);
                assertThat(HexFormat.of().formatHex(rows.getBytes("g")))
                        .isEqualTo("010100000000000000000059400000000000005940");
                assertThat(rows.getBigDecimal("d64")).isEqualTo(new BigDecimal("-123.45"));
                assertThat(rows.getBigDecimal("d128"))
                        .isEqualTo(new BigDecimal("1234567890123456789012345678901234.5678"));
                assertThat(((Blob) rows.getObject("bl")).getBytes(1, 2)).containsExactly(0, 255);
                assertThat(new String(rows.getBytes("j"), StandardCharsets.UTF_8))
                        .isEqualTo("{\"a\":1}");
                assertThat(rows.getString(21)).isEqualTo("1.000000000");

                assertThat(rows.next()).isTrue();
                for (String column :
                        new String[] {"bo", "ti", "bi", "ubi", "f", "d", "v", "n", "vb", "g", "d64", "d128"}) {
                    assertThat(rows.getObject(column)).as(column).isNull();
                }
                assertThat(rows.next()).isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"ms,1700000000123", "us,1700000000123456", "ns,1700000000123456789"})
    void readsTimesOfEachPrecision(String precision, long units) throws SQLException {
        try (Connection connection = Jdbc.connect(server, "")) {
            Jdbc.execute(
                    connection,
                    "CREATE DATABASE precise_" + precision + " PRECISION '" + precision + "'",
                    "CREATE TABLE precise_" + precision + ".t (ts TIMESTAMP, v INT)",
                    "INSERT INTO precise_" + precision + ".t VALUES (" + units + ", 1)");
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT ts FROM precise_" + precision + ".t")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getTimestamp(1).getTime()).isEqualTo(1_700_000_000_123L);
                int nanos = rows.getTimestamp(1).getNanos();
                assertThat("%09d".formatted(nanos))
                        .startsWith(Long.toString(units).substring(10));
            }
        }
    }

    @Test
    void writesWithoutASchema() throws SQLException {
        try (Connection connection = Jdbc.connect(server, "")) {
            Jdbc.execute(connection, "CREATE DATABASE free", "USE free");
        }
        try (Connection connection = Jdbc.connect(server, "free")) {
            AbstractConnection free = connection.unwrap(AbstractConnection.class);
            free.write(
                    new String[] {
                        "meters,place=north v=1i,name=\"a b\" 1700000000000", "meters,place=south v=2i 1700000000001"
                    },
                    SchemalessProtocolType.LINE,
                    SchemalessTimestampType.MILLI_SECONDS);
            free.write(
                    new String[] {"cpu 1700000000 11.5 host=h1"},
                    SchemalessProtocolType.TELNET,
                    SchemalessTimestampType.NOT_CONFIGURED);
            free.write(
                    new String[] {
                        "[{\"metric\":\"mem\",\"timestamp\":1700000000,\"value\":7,\"tags\":{\"host\":\"h1\"}}]"
                    },
                    SchemalessProtocolType.JSON,
                    SchemalessTimestampType.NOT_CONFIGURED);

            assertThat(Jdbc.rows(connection, "SELECT v, name, place FROM meters ORDER BY v"))
                    .containsExactly("1|a b|north", "2|null|south");
            assertThat(Jdbc.rows(connection, "SELECT _value, host FROM cpu")).containsExactly("11.5|h1");
            assertThat(Jdbc.rows(connection, "SELECT _value, host FROM mem")).containsExactly("7.0|h1");
        }
    }
}
