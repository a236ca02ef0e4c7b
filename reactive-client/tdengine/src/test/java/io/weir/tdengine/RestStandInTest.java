package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static io.weir.tdengine.StandIn.errorOf;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Column;
import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.RowView;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.server.tdengine.manner.Manner;
import io.weir.tdengine.type.Schemaless;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Statements over REST, against the stand-in and beside the same over the WebSocket. */
class RestStandInTest {

    private static final String ROWS = "SELECT * FROM weir_gen.rows_";

    private static ClosingClient rest(StandIn at) {
        return rest(at, "");
    }

    private static ClosingClient rest(StandIn at, String pathAndOptions) {
        return ClosingClient.of("r2dbc:tdengine:rest://root:taosdata@127.0.0.1:" + at.server.port() + pathAndOptions);
    }

    private static void everyType(StandIn at, String precision) {
        at.run(
                "CREATE DATABASE p PRECISION '" + precision + "'",
                "CREATE TABLE p.s (ts TIMESTAMP, b BOOL, t TINYINT, s SMALLINT, i INT, l BIGINT, ut TINYINT UNSIGNED,"
                        + " us SMALLINT UNSIGNED, ui INT UNSIGNED, ul BIGINT UNSIGNED, f FLOAT, d DOUBLE, v VARCHAR(20),"
                        + " n NCHAR(20), vb VARBINARY(20), d1 DECIMAL(10,2), d2 DECIMAL(38,10), bl BLOB)"
                        + " TAGS (j JSON)",
                "CREATE TABLE p.t USING p.s TAGS ('{\"a\":1,\"b\":[true,null,\"x\"],\"c\":1.50}')",
                "INSERT INTO p.t VALUES ('2024-05-06T07:08:09.123Z', true, -128, -32768, -2147483648,"
                        + " -9223372036854775807, 255, 65535, 4294967295, 18446744073709551615, 0.1, 0.1, 'a\"b',"
                        + " 'äö\\n', '\\x01ff', -1.50, 1234567890123456789012345678.0123456789, '\\x00ff')",
                "INSERT INTO p.t (ts) VALUES ('1969-12-31T23:59:59.999Z')");
    }

    private static List<String> seen(TdengineQueries client, String sql) {
        List<String> seen = new ArrayList<>();
        for (Page page : all(client.pages(sql))) {
            try (page) {
                page.columns().asList().stream().map(Column::toString).forEach(seen::add);
                for (int i = 0; i < page.size(); i++) {
                    RowView row = page.row(i);
                    for (int c = 0; c < page.columns().asList().size(); c++) {
                        seen.add(shown(row.get(c, Object.class)));
                    }
                }
            }
        }
        return seen;
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return java.util.HexFormat.of().formatHex(copy);
        }
        return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
    }

    @ParameterizedTest
    @ValueSource(strings = {"ms", "us", "ns"})
    void everyTypeHasTheColumnsAndValuesThatItHasOverTheWebSocket(String precision) {
        try (StandIn at = StandIn.start();
                ClosingClient rest = rest(at)) {
            everyType(at, precision);
            String sql = "SELECT * FROM p.s ORDER BY ts";
            assertThat(seen(rest.client(), sql)).isEqualTo(seen(at.client, sql));
            assertThat(all(rest.client().query(sql, row -> row.getLong(0))))
                    .isEqualTo(all(at.client.query(sql, row -> row.getLong(0))));
        }
    }

    @Test
    void changesAreCountedAndAQueryThatLooksLikeACountIsNone() {
        try (StandIn at = StandIn.start();
                ClosingClient rest = rest(at)) {
            everyType(at, "ms");
            List<ResultPart> parts = all(rest.client().run("INSERT INTO p.t (ts, i) VALUES (NOW, 1) (NOW+1s, 2)"));
            assertThat(parts).containsExactly(new ResultPart.Count(2), ResultPart.End.INSTANCE);
            assertThat(all(rest.client().query("SELECT i affected_rows FROM p.t WHERE i = 2", row -> row.getLong(0))))
                    .containsExactly(2L);
        }
    }

    @Test
    void aResultWithoutRowsHasItsColumns() {
        try (StandIn at = StandIn.start();
                ClosingClient rest = rest(at)) {
            everyType(at, "ms");
            List<ResultPart> parts = all(rest.client().run("SELECT ts, i FROM p.t WHERE i = 99"));
            assertThat(parts).hasSize(2).last().isEqualTo(ResultPart.End.INSTANCE);
            assertThat(((Page) parts.get(0)).columns().asList())
                    .extracting(Column::name)
                    .containsExactly("ts", "i");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aRefusalIsAPartWhateverTheStatusAndTheNextStatementIsGood(String httpCodes) {
        try (StandIn at = StandIn.start();
                ClosingClient rest = rest(at)) {
            at.with(Manner.HTTP_ERROR_CODES, httpCodes);
            List<ResultPart> parts = all(rest.client().run("SELECT * FROM nowhere.t"));
            assertThat(parts).hasSize(2);
            WeirException error = ((ResultPart.Failure) parts.get(0)).error();
            assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(error.code()).isEqualTo(0x0388);
            assertThat(error.sent()).isEqualTo(Sent.ANSWERED);
            assertThat(error.endpoint()).isEqualTo("127.0.0.1:" + at.server.port());
            assertThat(get(rest.client().ping())).isTrue();
            assertThat(get(rest.client().version())).hasToString(Manner.VERSION.usual());
        }
    }

    @Test
    void aWrongPasswordIsAnErrorAndNotShown() {
        try (StandIn at = StandIn.start();
                ClosingClient wrong =
                        ClosingClient.of("tdengine:rest://root:secret-thing@127.0.0.1:" + at.server.port())) {
            WeirException error = errorOf(wrong.client().run("SELECT 1"));
            assertThat(error.kind()).isEqualTo(ErrorKind.AUTH);
            assertThat(error).hasMessageNotContaining("secret-thing");
        }
    }

    @Test
    void theLoginMayBeATokenOfEitherKind() {
        try (StandIn at = StandIn.start();
                ClosingClient bearer = rest(at, "?bearerToken=weir-token");
                ClosingClient taosd =
                        rest(at, "?taosdToken=/KfeAzX/f9na8qdtNZmtONryp201ma04bEl8LcvLUd7a8qdtNZmtONryp201ma04");
                ClosingClient wrong = rest(at, "?bearerToken=no-token")) {
            assertThat(get(bearer.client().ping())).isTrue();
            assertThat(get(taosd.client().ping())).isTrue();
            assertThat(errorOf(wrong.client().run("SELECT 1")).kind()).isEqualTo(ErrorKind.AUTH);
        }
    }

    @Test
    void theDatabaseOfTheUrlCountsForEachStatementAndItsZoneAsWell() {
        try (StandIn at = StandIn.start();
                ClosingClient rest = rest(at, "/p?zone=Asia/Tokyo")) {
            everyType(at, "ms");
            get(rest.client().execute("INSERT INTO t (ts, i) VALUES ('2024-01-01 09:00:00', 7)"));
            assertThat(all(rest.client()
                            .query(
                                    "SELECT ts FROM t WHERE i = 7",
                                    row -> row.get(0, OffsetDateTime.class).toString())))
                    .containsExactly("2024-01-01T09:00+09:00");
            assertThat(all(rest.client().query("SELECT ts FROM t WHERE i = 7", row -> row.getLong(0))))
                    .containsExactly(1704067200000L);
        }
    }

    @Test
    void whatNeedsASessionIsRefusedWithTheWayThatHasOne() {
        try (StandIn at = StandIn.start();
                ClosingClient rest = rest(at)) {
            assertThat(errorOf(rest.client().run("USE p"))).hasMessageContaining("database in the URL");
            for (WeirException refusal : List.of(
                    errorOf(rest.client().session()),
                    errorOf(rest.client().inSession(TdengineSession::database)),
                    errorOf(rest.client().withStatement("SELECT ?", statement -> statement.query(1))),
                    errorOf(rest.client().insert(Schemaless.of(Schemaless.Protocol.LINE, "m v=1"))))) {
                assertThat(refusal.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
                assertThat(refusal.sent()).isEqualTo(Sent.NO);
                assertThat(refusal).hasMessageContaining("tdengine://");
            }
        }
    }

    // --- rows that the server hides ---------------------------------------------------------------------------------

    private static List<ResultPart> parts(ClosingClient client, String sql) {
        return all(client.client().run(sql));
    }

    private static WeirException failureIn(List<ResultPart> parts) {
        assertThat(parts).last().isEqualTo(ResultPart.End.INSTANCE);
        return parts.stream()
                .filter(ResultPart.Failure.class::isInstance)
                .map(part -> ((ResultPart.Failure) part).error())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no failure among " + parts));
    }

    @Test
    void aResultThatTheServersLimitHasCutIsReportedBehindItsRows() {
        try (StandIn at = StandIn.start();
                ClosingClient rest = rest(at)) {
            at.with(Manner.REST_ROW_LIMIT, 1500);
            assertThat(parts(rest, ROWS + "1200")).hasSize(3).noneMatch(ResultPart.Failure.class::isInstance);
            for (int again = 0; again < 2; again++) {
                List<ResultPart> cut = parts(rest, ROWS + "1501");
                assertThat(failureIn(cut)).hasMessageContaining("1500").hasMessageContaining("restfulRowLimit");
                assertThat(((Page) cut.get(0)).size() + ((Page) cut.get(1)).size())
                        .isEqualTo(1500);
            }
            assertThat(errorOf(rest.client().query(ROWS + "9000", row -> 1)).kind())
                    .isEqualTo(ErrorKind.SERVER);
        }
    }

    @Test
    void aLimitThatIsToldIsNotLookedForAndOneThatIsNotThereNeither() {
        try (StandIn at = StandIn.start();
                ClosingClient told = rest(at, "?restRowLimit=50");
                ClosingClient none = rest(at, "?restRowLimit=-1")) {
            at.with(Manner.REST_ROW_LIMIT, 50);
            assertThat(failureIn(parts(told, ROWS + "60"))).hasMessageContaining("50");
            assertThat(parts(told, ROWS + "49")).hasSize(2);
            at.server.manners().reset();
            long before = at.server.counters().statements();
            assertThat(parts(none, ROWS + "2000")).hasSize(3);
            assertThat(at.server.counters().statements()).isEqualTo(before + 1);
        }
    }

    @Test
    void aWholeResultAsLongAsTheLongestIsNoMistake() {
        try (StandIn at = StandIn.start();
                ClosingClient rest = rest(at)) {
            for (int again = 0; again < 3; again++) {
                assertThat(parts(rest, ROWS + "300")).hasSize(2);
                assertThat(parts(rest, "SELECT * FROM weir_gen.rows_900 LIMIT 400 -- all\n;"))
                        .hasSize(2);
            }
        }
    }

    // --- how it travels -------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void aLongResultComesByDemandAndWholeWithGzipOrWithout(String gzip) {
        try (StandIn at = StandIn.start();
                ClosingClient rest = rest(at, "?restRowLimit=-1&compression=" + gzip)) {
            Flux<Long> rows = rest.client().query(ROWS + "100000", row -> row.getLong(1));
            assertThat(get(rows.reduce(0L, Long::sum))).isEqualTo(7L * 99_999 * 100_000 / 2);
            StepVerifier.create(rows, 3).expectNext(0L, 7L, 14L).thenCancel().verify(StandIn.LONG);
            assertThat(get(rest.client().ping())).isTrue();
        }
    }

    @Test
    void moreCallersThanConnectionsWaitForTheirTurn() {
        try (StandIn at = StandIn.start();
                ClosingClient rest = rest(at, "?restConnections=2")) {
            assertThat(all(Flux.range(0, 100)
                            .flatMap(i -> rest.client().query("SELECT " + i, row -> row.get(0, Integer.class)), 50)))
                    .hasSize(100)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void theLimitOfTimeCountsAndTheServersLimiterIsAnOverload() {
        try (StandIn at = StandIn.start();
                ClosingClient slow = rest(at, "?statementTimeout=100ms");
                ClosingClient rest = rest(at)) {
            WeirException late = errorOf(slow.client().run("/*weir delay=20000*/ SELECT 1"));
            assertThat(late.kind()).isEqualTo(ErrorKind.TIMEOUT);
            assertThat(late.sent()).isEqualTo(Sent.MAYBE);
            at.with(Manner.REJECT_SQL, "forbidden");
            assertThat(failureIn(parts(rest, "SELECT 'forbidden'")).kind()).isEqualTo(ErrorKind.BAD_REQUEST);
        }
    }

    @Test
    void aServerWithoutRoomIsAnOverload() {
        try (StandIn at = StandIn.start();
                ClosingClient rest = rest(at)) {
            at.with(Manner.LIMITER_SLOTS, 1).with(Manner.LIMITER_WAIT_MILLIS, 50);
            // A result that is not read to its end keeps its slot.
            WeirException busy = at.client
                    .run(ROWS + "9000")
                    .concatMap(
                            part -> {
                                ((Page) part).close();
                                return rest.client().run("SELECT 1");
                            },
                            0)
                    .ofType(ResultPart.Failure.class)
                    .map(ResultPart.Failure::error)
                    .blockFirst(StandIn.LONG);
            assertThat(busy).isNotNull();
            assertThat(busy.kind()).isEqualTo(ErrorKind.OVERLOAD);
            assertThat(busy).hasMessageContaining("later");
        }
    }

    @Test
    void aHostThatIsNotThereIsPassedBy() {
        try (StandIn at = StandIn.start();
                ClosingClient rest = ClosingClient.of(
                        "tdengine:rest://root:taosdata@127.0.0.1:1,127.0.0.1:" + at.server.port() + "/")) {
            for (int i = 0; i < 4; i++) {
                assertThat(all(rest.client().query("SELECT 5", row -> row.get(0, BigDecimal.class))))
                        .containsExactly(BigDecimal.valueOf(5));
            }
        }
    }
}
