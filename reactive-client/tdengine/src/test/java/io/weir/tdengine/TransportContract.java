package io.weir.tdengine;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The same statements give the same rows, types and errors, whatever way they travel. */
public abstract class TransportContract {

    protected static final Duration LONG = Duration.ofSeconds(30);

    /** Each test has a database of its own: a server may outlive a test. */
    protected final String database = "contract_" + Long.toUnsignedString(System.nanoTime(), Character.MAX_RADIX);

    protected TdengineClient client;

    /** A URL of the way that is tested, with the database if there is one. */
    protected abstract String url(String database);

    /** The same for another login. */
    protected abstract String urlOf(String user, String password);

    @BeforeEach
    void open() {
        client = TdengineClient.create(url(""));
        run("CREATE DATABASE " + database);
    }

    @AfterEach
    void close() {
        run("DROP DATABASE " + database);
        client.close().block(LONG);
    }

    protected final void run(String... statements) {
        for (String sql : statements) {
            client.execute(sql).block(LONG);
        }
    }

    protected static <T> List<T> all(Flux<T> flux) {
        return flux.collectList().block(LONG);
    }

    protected static WeirException errorOf(Flux<?> flux) {
        return flux.then(Mono.<WeirException>empty())
                .onErrorResume(WeirException.class, Mono::just)
                .blockOptional(LONG)
                .orElseThrow(() -> new AssertionError("it did not fail"));
    }

    /** A table with a row for each second. */
    protected final String table(int rows) {
        String table = database + ".t";
        run("CREATE TABLE " + table + " (ts TIMESTAMP, v INT, name NCHAR(20))");
        String values = IntStream.range(0, rows)
                .mapToObj(i -> "(" + (1_700_000_000_000L + 1000L * i) + ", " + i + ", 'n" + i + "')")
                .collect(Collectors.joining(" "));
        assertThat(client.execute("INSERT INTO " + table + " VALUES " + values).block(LONG))
                .isEqualTo(rows);
        return table;
    }

    @Test
    void everyTypeIsReadAsWhatItIs() {
        run(
                "CREATE TABLE " + database + ".a (ts TIMESTAMP, b BOOL, i1 TINYINT, i2 SMALLINT, i4 INT, i8 BIGINT, u1"
                        + " TINYINT UNSIGNED, u2 SMALLINT UNSIGNED, u4 INT UNSIGNED, u8 BIGINT UNSIGNED, f FLOAT, d DOUBLE, v"
                        + " VARCHAR(20), n NCHAR(20), d64 DECIMAL(10,2), d128 DECIMAL(30,4))",
                "INSERT INTO " + database + ".a VALUES (1700000000000, true, -1, -2, -3, -4, 255, 65535, 4294967295,"
                        + " 9223372036854775807, 1.5, 2.5, 'va''r', 'näch😀', '-1.25', '12345678901234567890.1234')"
                        + " (1700000000001, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,"
                        + " NULL, NULL)");
        List<List<Object>> rows = all(client.query("SELECT * FROM " + database + ".a", row -> {
            List<Object> values = new ArrayList<>();
            for (int i = 1; i < 16; i++) {
                values.add(row.get(i, Object.class));
            }
            return values;
        }));
        assertThat(rows.get(0))
                .containsExactly(
                        true,
                        (byte) -1,
                        (short) -2,
                        -3,
                        -4L,
                        (short) 255,
                        65535,
                        4294967295L,
                        new BigDecimal("9223372036854775807"),
                        1.5f,
                        2.5,
                        "va'r",
                        "näch😀",
                        new BigDecimal("-1.25"),
                        new BigDecimal("12345678901234567890.1234"));
        assertThat(rows.get(1)).hasSize(15).containsOnlyNulls();
        assertThat(rows).hasSize(2);
    }

    @Test
    void columnsAreNamedAndTypedAlike() {
        try (Page page = client.pages("SELECT * FROM " + table(1)).blockFirst(LONG)) {
            assertThat(page.columns().asList()).extracting(c -> c.name()).containsExactly("ts", "v", "name");
            assertThat(page.columns().asList())
                    .extracting(c -> c.kind().name())
                    .containsExactly("TIMESTAMP", "INT32", "TEXT");
            assertThat(page.row(0).getString(2)).isEqualTo("n0");
        }
    }

    @Test
    void longResultsArriveWholeAndInTheirOrder() {
        String table = table(9000);
        assertThat(all(client.query("SELECT * FROM " + table, row -> row.get(1, Integer.class))))
                .isEqualTo(IntStream.range(0, 9000).boxed().toList());
    }

    @Test
    void aResultWithoutRowsHasItsColumns() {
        List<ResultPart> parts = all(client.run("SELECT ts, v FROM " + table(1) + " WHERE v = 99"));
        assertThat(parts).hasSize(2);
        try (Page page = (Page) parts.get(0)) {
            assertThat(page.size()).isZero();
            assertThat(page.columns().asList()).extracting(c -> c.name()).containsExactly("ts", "v");
        }
        assertThat(parts.get(1)).isEqualTo(ResultPart.End.INSTANCE);
    }

    @Test
    void changesAreCounted() {
        List<ResultPart> parts =
                all(client.run("INSERT INTO " + table(1) + " VALUES (1800000000000, 1, 'a') (1800000000001, 2, 'b')"));
        assertThat(parts).containsExactly(new ResultPart.Count(2), ResultPart.End.INSTANCE);
    }

    @Test
    void refusalsAreOfTheSameKindAndCode() {
        assertRefused("SELECT * FROM " + database + ".nowhere", 0x2603);
        assertRefused("SELEC 1", 0x2600);
        assertRefused("SELECT nothing FROM " + table(1), 0x2602);
        assertThat(client.ping().block(LONG)).isTrue();
    }

    private void assertRefused(String sql, int code) {
        List<ResultPart> parts = all(client.run(sql));
        assertThat(parts).hasSize(2);
        WeirException error = ((ResultPart.Failure) parts.get(0)).error();
        assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.sent()).isEqualTo(Sent.ANSWERED);
        assertThat(error.endpoint()).isNotNull();
    }

    @Test
    void aWrongPasswordIsToldAndNotShown() {
        TdengineClient wrong = TdengineClient.create(urlOf("root", "secret-thing"));
        try {
            WeirException error = errorOf(wrong.pages("SELECT 1"));
            assertThat(error.kind()).isEqualTo(ErrorKind.AUTH);
            assertThat(error).hasMessageNotContaining("secret-thing");
        } finally {
            wrong.close().block(LONG);
        }
    }

    @Test
    void theDatabaseOfTheUrlIsWhereStatementsLook() {
        table(3);
        TdengineClient within = TdengineClient.create(url(database));
        try {
            assertThat(all(within.query("SELECT COUNT(*) FROM t", row -> row.getLong(0))))
                    .containsExactly(3L);
        } finally {
            within.close().block(LONG);
        }
    }

    @Test
    void sixtyFourCallersGetTheirOwnAnswers() {
        assertThat(all(Flux.range(0, 2000)
                        .flatMap(
                                i -> client.query("SELECT " + i, row -> row.get(0, Integer.class))
                                        .map(answer -> answer.equals(i)),
                                64)))
                .hasSize(2000)
                .containsOnly(true);
    }

    @Test
    void whoLeavesEarlyLeavesNothingBehindForTheNext() {
        String table = table(9000);
        for (int i = 0; i < 10; i++) {
            StepVerifier.create(client.query("SELECT * FROM " + table, row -> row.get(1, Integer.class)), 1)
                    .expectNext(0)
                    .thenCancel()
                    .verify(LONG);
        }
        assertThat(all(client.query("SELECT COUNT(*) FROM " + table, row -> row.getLong(0))))
                .containsExactly(9000L);
    }
}
