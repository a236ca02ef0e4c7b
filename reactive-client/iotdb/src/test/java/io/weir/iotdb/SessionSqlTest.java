package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSqlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "USE db",
                " use\ndb",
                "-- a note\nUSE db",
                "/* a note */USE db",
                "/* one */ -- two\r\n /* three */ ; ( USE db",
                "use\"db\"",
                "SET SQL_DIALECT=tree",
                "set /* which */ sql_dialect = table",
                "SET TIME_ZONE '+09:00'",
                "SET something that is not known",
                "PREPARE p FROM SELECT 1",
                "EXECUTE p",
                "DEALLOCATE PREPARE p"
            })
    void changesTheSession(String sql) {
        assertThat(SessionSql.of(sql)).isEqualTo(SessionSql.BINDING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DROP DATABASE db", "/* x */ drop database if exists db", "delete database root.db"})
    void spoilsTheSession(String sql) {
        assertThat(SessionSql.of(sql)).isEqualTo(SessionSql.SPOILING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "-- USE db",
                "/* USE db",
                "SELECT 'USE' FROM t",
                "'USE' db",
                "\"USE\" db",
                "user",
                "used to be",
                "INSERT INTO t(time) VALUES (1) -- \nUSE db",
                "SET TTL TO root.db 1000",
                "set configuration a='b'",
                "SET SYSTEM TO READONLY",
                "DROP TABLE t",
                "DELETE FROM t",
                "delete timeseries root.db.d.s"
            })
    void leavesTheSessionAsItIs(String sql) {
        assertThat(SessionSql.of(sql)).isEqualTo(SessionSql.NEUTRAL);
    }
}
