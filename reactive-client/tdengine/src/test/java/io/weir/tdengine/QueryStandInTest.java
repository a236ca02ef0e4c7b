package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static io.weir.tdengine.StandIn.errorOf;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.manner.Manner;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Statements against the stand-in, in this process. */
class QueryStandInTest {

    private static final String TABLE = "CREATE TABLE p.t (ts TIMESTAMP, v INT, name NCHAR(20))";

    private static void table(StandIn at) {
        at.run(
                "CREATE DATABASE p",
                TABLE,
                "INSERT INTO p.t VALUES (1700000000000, 1, 'äö'), (1700000001000, NULL, NULL)");
    }

    @Test
    void rowsAreReadAndChangesAreCounted() {
        try (StandIn at = StandIn.start()) {
            table(at);
            assertThat(get(at.client.execute("INSERT INTO p.t VALUES (1700000002000, 3, 'c')")))
                    .isEqualTo(1);
            assertThat(all(at.client.query(
                            "SELECT ts, v, name FROM p.t",
                            row -> row.getLong(0) + " " + row.get(1, Integer.class) + " " + row.getString(2))))
                    .containsExactly("1700000000000 1 äö", "1700000001000 null null", "1700000002000 3 c");
        }
    }

    @Test
    void aResultWithoutRowsHasItsColumns() {
        try (StandIn at = StandIn.start()) {
            table(at);
            List<ResultPart> parts = all(at.client.run("SELECT ts, v FROM p.t WHERE v = 99"));
            assertThat(parts).hasSize(2);
            try (Page page = (Page) parts.get(0)) {
                assertThat(page.size()).isZero();
                assertThat(page.columns().asList()).extracting(c -> c.name()).containsExactly("ts", "v");
            }
            assertThat(parts.get(1)).isEqualTo(ResultPart.End.INSTANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3"})
    void manyCallersShareFewWiresAndGetTheirOwnAnswersInWhateverOrder(String reorder) {
        try (StandIn at = StandIn.start()) {
            table(at);
            at.with(Manner.REORDER, reorder);
            List<Integer> answers = all(Flux.range(0, 500)
                    .flatMap(i -> at.client.query("SELECT " + i, row -> row.get(0, Integer.class)), 64));
            assertThat(answers).hasSize(500).doesNotHaveDuplicates();
            assertThat(at.client.wires()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void aRefusalIsAPartAndTheNextStatementIsGood() {
        try (StandIn at = StandIn.start()) {
            List<ResultPart> parts = all(at.client.run("SELECT * FROM nowhere.t"));
            assertThat(parts).hasSize(2);
            WeirException error = ((ResultPart.Failure) parts.get(0)).error();
            assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(error.sent()).isEqualTo(Sent.ANSWERED);
            assertThat(error.endpoint()).isEqualTo("127.0.0.1:" + at.server.port());
            assertThat(get(at.client.ping())).isTrue();
        }
    }

    @Test
    void aWrongPasswordIsToldAndNotShown() {
        try (StandIn at = StandIn.start();
                ClosingClient wrong = ClosingClient.of("tdengine://root:secret-thing@127.0.0.1:" + at.server.port())) {
            WeirException error = errorOf(wrong.client().run("SELECT 1"));
            assertThat(error.kind()).isEqualTo(ErrorKind.AUTH);
            assertThat(error).hasMessageContaining("user 'root'").hasMessageNotContaining("secret-thing");
        }
    }

    @Test
    void aDatabaseThatIsMissingIsNamedAndWorksOnceItIsThere() {
        try (StandIn at = StandIn.start();
                ClosingClient late =
                        ClosingClient.of("tdengine://root:taosdata@127.0.0.1:" + at.server.port() + "/later")) {
            WeirException error = errorOf(late.client().run("SELECT 1"));
            assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(error).hasMessageContaining("'later'");
            at.run("CREATE DATABASE later");
            assertThat(all(late.client().query("SELECT 1", row -> row.getLong(0))))
                    .containsExactly(1L);
        }
    }

    @Test
    void anOlderServerIsAskedForItsVersionAndOneTooOldIsRefused() {
        try (StandIn at = StandIn.start(TdengineServerOptions.defaults()
                .withVersion("3.3.6.1")
                .with(Manner.VERSION_IN_CONN, false)
                .with(Manner.FIELD_SCALES, false)
                .with(Manner.BLANK_FILL, false))) {
            assertThat(get(at.client.version())).hasToString("3.3.6.1");
            assertThat(all(at.client.query("SELECT 1", row -> row.getLong(0)))).containsExactly(1L);
        }
        try (StandIn old = StandIn.of("3.0.7.1")) {
            WeirException error = errorOf(old.client.run("SELECT 1"));
            assertThat(error.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
            assertThat(error).hasMessageContaining("3.0.7.1").hasMessageContaining("3.3.2.0");
        }
    }

    @Test
    void aReaderWhoLeavesFreesHisResult() {
        try (StandIn at = StandIn.start()) {
            table(at);
            at.with(Manner.BLOCK_ROWS, 1);
            StepVerifier.create(at.client.query("SELECT ts FROM p.t", row -> row.getLong(0)), 1)
                    .expectNext(1700000000000L)
                    .thenCancel()
                    .verify(StandIn.LONG);
            assertThat(all(at.client.query("SELECT 1", row -> row.getLong(0)))).containsExactly(1L);
            Await.until(() -> at.server.counters().openResults() == 0);
        }
    }

    @Test
    void aResultThatOpensAfterItsReaderHasLeftIsFreed() {
        try (StandIn at = StandIn.start()) {
            table(at);
            StepVerifier.create(at.client.query("/*weir delay=200*/ SELECT ts FROM p.t", row -> row.getLong(0)))
                    .thenAwait(Duration.ofMillis(50))
                    .thenCancel()
                    .verify(StandIn.LONG);
            Await.until(() -> at.server.counters().openResults() == 0);
            assertThat(get(at.client.ping())).isTrue();
        }
    }

    @Test
    void anErrorInTheMiddleOfAResultComesBehindTheRowsBeforeIt() {
        try (StandIn at = StandIn.start()) {
            table(at);
            at.run("INSERT INTO p.t VALUES (1700000002000, 3, 'c'), (1700000003000, 4, 'd')");
            List<String> seen = all(
                    at.client.run("/*weir fail=2 block=1*/ SELECT ts FROM p.t").map(part -> {
                        if (part instanceof Page page) {
                            page.close();
                            return "page";
                        }
                        return part.getClass().getSimpleName();
                    }));
            assertThat(seen).containsExactly("page", "page", "Failure", "End");
            assertThat(get(at.client.ping())).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"query", "answer", "block"})
    void aSocketThatIsCutIsToldAndTheNextStatementTravelsOnAnother(String where) {
        try (StandIn at = StandIn.start()) {
            table(at);
            at.with(Manner.DROP, where);
            WeirException error = errorOf(at.client.pages("SELECT ts FROM p.t").doOnNext(Page::close));
            assertThat(error.kind()).isEqualTo(ErrorKind.CLOSED);
            assertThat(error.sent()).isEqualTo(Sent.MAYBE);
            assertThat(all(at.client.query("SELECT 1", row -> row.getLong(0)))).containsExactly(1L);
        }
    }

    @Test
    void aStatementThatTakesTooLongEndsByOurClock() {
        try (StandIn at = StandIn.start()) {
            WeirException error = errorOf(at.client.inSession(
                    session -> session.run("/*weir delay=2000*/ SELECT 1", Duration.ofMillis(200))));
            assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
        }
    }

    @Test
    void limitsAndRejectionsOfTheServerSayWhatToDo() {
        try (StandIn at = StandIn.start().with(Manner.REJECT_SQL, "forbidden")) {
            WeirException rejected = errorOf(at.client.pages("SELECT 'forbidden'"));
            assertThat(rejected.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(rejected).hasMessageContaining("trying again changes nothing");
            table(at);
            at.with(Manner.LIMITER_SLOTS, 1).with(Manner.LIMITER_WAIT_MILLIS, 1).with(Manner.BLOCK_ROWS, 1);
            StepVerifier.create(at.client.pages("SELECT ts FROM p.t"), 1)
                    .assertNext(Page::close)
                    .then(() -> {
                        WeirException limited =
                                errorOf(at.client.pages("SELECT ts FROM p.t").doOnNext(Page::close));
                        assertThat(limited.kind()).isEqualTo(ErrorKind.OVERLOAD);
                        assertThat(limited).hasMessageContaining("try again later");
                    })
                    .thenCancel()
                    .verify(StandIn.LONG);
        }
    }

    @Test
    void whatChangesASessionHappensInOneOfItsOwn() {
        try (StandIn at = StandIn.start()) {
            table(at);
            assertThat(errorOf(at.client.run("use p"))).hasMessageContaining("inSession");
            assertThat(all(at.client.inSession(session -> session.execute("USE p")
                            .then(session.zone(ZoneId.of("Asia/Shanghai")))
                            .thenMany(session.query("SELECT ts FROM t LIMIT 1", row -> row.getString(0)))
                            .concatWith(session.database()))))
                    .containsExactly("2023-11-15T06:13:20+08:00", "p");
        }
    }

    @Test
    void aSessionOfOnesOwnDiesWithItsSocketAndSaysSo() {
        try (StandIn at = StandIn.start()) {
            TdengineSession session = get(at.client.session());
            at.server.dropConnections();
            WeirException error = errorOf(session.onClose());
            assertThat(error.kind()).isEqualTo(ErrorKind.CLOSED);
            assertThat(errorOf(session.run("SELECT 1")).sent()).isEqualTo(Sent.NO);
            assertThat(session.isOpen()).isFalse();
        }
    }
}
