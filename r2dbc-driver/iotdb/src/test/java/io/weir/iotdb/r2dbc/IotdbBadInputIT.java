package io.weir.iotdb.r2dbc;

import static io.weir.iotdb.r2dbc.TestDatabase.execute;
import static io.weir.iotdb.r2dbc.TestDatabase.select;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.NoSuchOptionException;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.r2dbc.spi.Result;
import io.weir.server.iotdb.SharedIotdb;
import io.weir.testkit.ClosedPort;
import io.weir.testkit.FrameCutter;
import io.weir.testkit.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What users get wrong, as they meet it through R2DBC: the class, the codes, and a text that helps. */
@ExtendWith(Shared.class)
class IotdbBadInputIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestDatabase database;

    IotdbBadInputIT(TestDatabase database) {
        this.database = database;
    }

    /** A machine with a name server is told at once; one without has to wait. */
    @Test
    void aHostThatNobodyKnowsIsNamed() {
        assertThat(failure("r2dbc:iotdb://no-such-host.invalid:6667?connectTimeout=2s"))
                .isInstanceOfAny(R2dbcTransientResourceException.class, R2dbcTimeoutException.class)
                .hasMessageContaining("no-such-host.invalid:6667")
                .hasMessageContaining("name");
    }

    @Test
    void aClosedPortIsNamed() {
        int port = ClosedPort.number();
        assertThat(failure("r2dbc:iotdb://127.0.0.1:" + port))
                .isInstanceOf(R2dbcTransientResourceException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("refused");
    }

    @Test
    void aWrongPasswordIsRefusedWithTheServersCodeAndNotRepeated() {
        Throwable error = failure(database.url().replace("root:root@", "root:not-the-1@"));
        assertThat(error)
                .isInstanceOf(R2dbcPermissionDeniedException.class)
                .hasMessageContaining("'root'")
                .hasMessageNotContaining("not-the-1");
        assertThat(((R2dbcException) error).getSqlState()).isEqualTo("28000");
        assertThat(((R2dbcException) error).getErrorCode()).isEqualTo(801);
    }

    @Test
    void aDialectThatIsNoneIsRefusedAtOnceWithThoseThatThereAre() {
        assertThatThrownBy(() -> ConnectionFactories.get(SharedIotdb.url() + "?sqlDialect=graph"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sqlDialect")
                .hasMessageContaining("tree")
                .hasMessageContaining("table");
    }

    @Test
    void aStatementOfTheOtherDialectIsBadGrammar() {
        String tree = SharedIotdb.url();
        assertThat(failure(tree, "SHOW TABLES")).isInstanceOf(R2dbcBadGrammarException.class);
        assertThat(failure(tree + "?sqlDialect=table", "CREATE TIMESERIES root.a.b WITH DATATYPE=INT32"))
                .isInstanceOf(R2dbcBadGrammarException.class);
    }

    @Test
    void anUnknownOptionIsRefusedWithTheOneThatWasMeant() {
        assertThatThrownBy(() -> ConnectionFactories.get(SharedIotdb.url() + "?fetchSise=5&sqldialect=table"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'fetchSise', did you mean 'fetchSize'")
                .hasMessageContaining("'sqldialect', did you mean 'sqlDialect'");
    }

    @Test
    void aUrlWithoutAHostNamesWhatIsMissing() {
        assertThatThrownBy(() -> ConnectionFactories.get("r2dbc:iotdb:///db"))
                .isInstanceOf(NoSuchOptionException.class)
                .hasMessageContaining("host");
    }

    @Test
    void aWebServerOnThePortIsRecognised() {
        try (ScriptedServer web = ScriptedServer.start(peer -> {
            peer.readFrame(FrameCutter.intLengthPrefixed());
            peer.send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            peer.expectEnd();
        })) {
            assertThat(failure("r2dbc:iotdb://" + web.host() + ":" + web.port()))
                    .isInstanceOf(R2dbcTransientResourceException.class)
                    .hasMessageContaining("'HTTP'")
                    .hasMessageContaining("another protocol");
            web.assertDone();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELCT i FROM TABLE            | 700 | SELCT",
                "SELECT nowhere FROM TABLE     | 616 | nowhere",
                "SELECT i + 'a' FROM TABLE     | 701 | INT32 + STRING",
                "SELECT i FROM no_such_table   | 550 | no_such_table",
                "CREATE TABLE TABLE (i INT32 FIELD) | 551 | already exists",
                "INSERT INTO TABLE(time, i) VALUES (1, 'x') | 507 | INT32"
            })
    void aRefusalHasClassCodeAndTheServersWordsAndTheConnectionGoesOn(String pattern, int code, String words) {
        String table = database.tableOf(1);
        String sql = pattern.replace("CREATE TABLE TABLE", "CREATE TABLE " + table)
                .replace("FROM TABLE", "FROM " + table)
                .replace("INTO TABLE", "INTO " + table);
        StepVerifier.create(database.connected(c -> Flux.concat(
                        execute(c, sql).onErrorResume(Mono::just), select(c, "SELECT i FROM " + table, Integer.class))))
                .assertNext(error -> {
                    assertThat(error).isInstanceOf(R2dbcBadGrammarException.class);
                    R2dbcBadGrammarException refusal = (R2dbcBadGrammarException) error;
                    assertThat(refusal.getErrorCode()).isEqualTo(code);
                    assertThat(refusal.getSqlState()).isEqualTo("42000");
                    assertThat(refusal.getMessage()).contains(words);
                    assertThat(refusal.getOffendingSql()).isEqualTo(sql);
                })
                .expectNext(0)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aDatabaseThatIsNotThereIsToldByTheFirstStatementThatNeedsIt() {
        assertThat(failure(SharedIotdb.url() + "/no_such_database?sqlDialect=table", "SELECT * FROM t"))
                .isInstanceOf(R2dbcBadGrammarException.class)
                .hasMessageContaining("no_such_database");
    }

    @Test
    void aUserWithoutTheRightIsRefused() {
        String user = "u" + database.name().substring(0, 12);
        String asUser = SharedIotdb.url().replaceFirst("//.*@", "//" + user + ":secret-5678@");
        Connection root =
                Mono.from(ConnectionFactories.get(SharedIotdb.url()).create()).block(PATIENCE);
        execute(root, "CREATE USER " + user + " 'secret-5678'").blockLast(PATIENCE);
        Throwable error = failure(asUser, "CREATE DATABASE root." + user);
        execute(root, "DROP USER " + user).blockLast(PATIENCE);
        Mono.from(root.close()).block(PATIENCE);

        assertThat(error).isInstanceOf(R2dbcPermissionDeniedException.class);
        assertThat(((R2dbcException) error).getErrorCode()).isEqualTo(803);
        assertThat(((R2dbcException) error).getSqlState()).isEqualTo("42501");
    }

    @Test
    void aFrameBeyondTheLimitEndsItsConnectionAndNoOther() {
        String table = database.table("x STRING FIELD");
        String large = "x".repeat(200 * 1024);
        database.connected(c -> Flux.from(c.createStatement("INSERT INTO " + table + "(time, x) VALUES (1, ?)")
                                .bind(0, large)
                                .execute())
                        .concatMap(Result::getRowsUpdated))
                .blockLast(PATIENCE);
        String query = "SELECT x FROM " + table;

        assertThat(failure(database.url() + "&maxFrameSize=100KiB", query))
                .isInstanceOf(R2dbcNonTransientResourceException.class)
                .hasMessageContaining("maxFrameSize");
        StepVerifier.create(database.connected(c -> select(c, query, String.class)))
                .expectNext(large)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void aStatementThatTakesLongerThanTheUrlAllowsIsStoppedAndTheConnectionGoesOn() {
        String table = database.tableOf(1);
        String slow = "SELECT count(*) FROM (SELECT date_bin_gapfill(1ms, time) AS w, count(i) AS n FROM " + table
                + " WHERE time >= 0 AND time < 30000000000 GROUP BY 1)";
        StepVerifier.create(Flux.usingWhen(
                        ConnectionFactories.get(database.url() + "&statementTimeout=500ms")
                                .create(),
                        c -> Flux.concat(
                                select(c, slow, Long.class).cast(Object.class).onErrorResume(Mono::just),
                                Mono.from(c.setStatementTimeout(Duration.ZERO)).cast(Object.class),
                                Flux.defer(() -> select(c, "SELECT i FROM " + table, Integer.class))),
                        Connection::close))
                .assertNext(error -> assertThat(error)
                        .isInstanceOf(R2dbcTimeoutException.class)
                        .extracting(e -> ((R2dbcException) e).getSqlState())
                        .isEqualTo("HYT00"))
                .expectNext(0)
                .expectComplete()
                .verify(PATIENCE);
    }

    /** What connecting fails with. */
    private static Throwable failure(String url) {
        return failure(url, "SHOW CURRENT_USER");
    }

    /** What connecting, or else the statement, fails with. */
    private static Throwable failure(String url, String sql) {
        return Flux.usingWhen(
                        ConnectionFactories.get(url).create(), c -> select(c, sql, Object.class), Connection::close)
                .then(Mono.<Throwable>error(new AssertionError("It succeeded: " + sql)))
                .onErrorResume(Mono::just)
                .block(PATIENCE);
    }
}
