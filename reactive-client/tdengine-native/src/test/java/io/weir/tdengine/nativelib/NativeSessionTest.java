package io.weir.tdengine.nativelib;

import static io.weir.tdengine.nativelib.ToyClient.LONG;
import static io.weir.tdengine.nativelib.ToyClient.all;
import static io.weir.tdengine.nativelib.ToyClient.errorOf;
import static io.weir.tdengine.nativelib.ToyClient.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.tdengine.TdengineOptions;
import io.weir.tdengine.TdengineSession;
import io.weir.tdengine.TdengineStatement;
import io.weir.tdengine.type.Schemaless;
import io.weir.tdengine.type.ServerVersion;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What is the native way's own: demand, late call-backs, threads, and the library's memory. */
class NativeSessionTest {

    private static final String SCAN = "SELECT * FROM x.gen_100000";

    private static ToyClient withDatabase(ToyClient at) {
        get(at.client.execute("CREATE DATABASE IF NOT EXISTS x"));
        return at;
    }

    @Test
    void everyRowArrivesInItsOrder() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            List<Integer> rows = all(at.client.query(SCAN, row -> row.get(1, Integer.class)));
            assertThat(rows).hasSize(100_000).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void aReaderWhoAsksForOnePageGetsNoMoreThanOneAhead() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            long before = at.toy.toy_fetched_blocks();
            StepVerifier.create(at.client.pages(SCAN), 1)
                    .assertNext(Page::close)
                    .then(() -> {
                        assertThat(all(at.client.query("SELECT 1", row -> row.getLong(0))))
                                .containsExactly(1L);
                        // Two of the scan, two of the other: its rows, and its end.
                        assertThat(at.toy.toy_fetched_blocks() - before).isLessThanOrEqualTo(4);
                    })
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(page -> {
                        page.close();
                        return true;
                    })
                    .expectComplete()
                    .verify(LONG);
        }
    }

    @Test
    void aLibraryThatCallsBackAtOnceDoesNotDigIntoTheStack() {
        try (ToyClient at = withDatabase(ToyClient.of(Toy.build("libtaos-synchronous", "-DTOY_SYNCHRONOUS")))) {
            assertThat(get(at.client
                            .query("SELECT * FROM x.gen_5000000", row -> 1)
                            .count()))
                    .isEqualTo(5_000_000);
        }
    }

    @Test
    void anErrorInTheMiddleComesBehindTheRowsBeforeIt() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            List<String> seen =
                    all(at.client.run("SELECT * FROM x.gen_20000_fail_8192").map(part -> {
                        if (part instanceof Page page) {
                            page.close();
                            return "page";
                        }
                        return part instanceof ResultPart.Failure refusal
                                ? "0x" + Integer.toHexString(refusal.error().code())
                                : "End";
                    }));
            assertThat(seen).containsExactly("page", "page", "0x707", "End");
        }
    }

    @Test
    void aCallBackAfterTheReaderHasLeftFreesWhatItBrings() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            StepVerifier.create(at.client.pages("SELECT * FROM x.gen_9000_wait_100"), 1)
                    .thenAwait(Duration.ofMillis(30))
                    .thenCancel()
                    .verify(LONG);
            StepVerifier.create(at.client.run("SLEEP 200"))
                    .thenAwait(Duration.ofMillis(30))
                    .thenCancel()
                    .verify(LONG);
            assertThat(all(at.client.query("SELECT 1", row -> row.getLong(0)))).containsExactly(1L);
            ToyClient.until(() -> at.toy.toy_open_results() == 0);
        }
    }

    @Test
    void readersWhoComeAndGoLeaveNothingBehind() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            AtomicInteger pages = new AtomicInteger();
            Flux.range(0, 300)
                    .flatMap(
                            i -> at.client
                                    .pages(SCAN)
                                    .doOnNext(page -> {
                                        pages.incrementAndGet();
                                        page.close();
                                    })
                                    .take(i % 4),
                            64)
                    .blockLast(LONG);
            assertThat(pages).hasValueGreaterThan(300);
            ToyClient.until(() -> at.toy.toy_open_results() == 0);
        }
    }

    @Test
    void aStatementThatTakesTooLongEndsByOurClock() {
        try (ToyClient at = ToyClient.start()) {
            WeirException error =
                    errorOf(at.client.inSession(session -> session.run("SLEEP 300", Duration.ofMillis(50))));
            assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
            assertThat(error.sent()).isEqualTo(Sent.MAYBE);
        }
    }

    @Test
    void closingEndsWhatIsUnderWayAndWaitsForTheLibrary() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            List<Mono<WeirException>> errors = Flux.range(0, 64)
                    .map(i -> errorLater(at.client.pages("SELECT * FROM x.gen_100000_wait_20")))
                    .collectList()
                    .block(LONG);
            ToyClient.until(() -> at.toy.toy_open_results() > 0);
            get(at.client.close());
            // Not a moment earlier: the toy would say that a rule was broken.
            assertThat(at.toy.toy_open_connections()).isZero();
            for (Mono<WeirException> error : errors) {
                assertThat(get(error).kind()).isIn(ErrorKind.CLOSED, ErrorKind.OVERLOAD);
            }
            assertThat(errorOf(at.client.run("SELECT 1")).sent()).isEqualTo(Sent.NO);
        }
    }

    private static Mono<WeirException> errorLater(Flux<Page> pages) {
        Mono<WeirException> error = pages.doOnNext(Page::close)
                .then(Mono.<WeirException>empty())
                .onErrorResume(WeirException.class, Mono::just)
                .cache();
        error.subscribe();
        return error;
    }

    @Test
    void theThreadsEndWithTheirClient() {
        Set<String> before = threads();
        try (ToyClient at = ToyClient.start(TdengineOptions.NATIVE_THREADS, 3)) {
            Flux.range(0, 8)
                    .flatMap(i -> at.client.session())
                    .flatMap(TdengineSession::close)
                    .blockLast(LONG);
            get(at.client.ping());
            assertThat(threads()).hasSizeLessThanOrEqualTo(before.size() + 3 + 1);
            assertThat(threads()).anyMatch(name -> name.startsWith("weir-tdengine-native-"));
        }
        ToyClient.until(() -> threads().size() <= before.size());
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("weir-tdengine-native"))
                .collect(Collectors.toSet());
    }

    @Test
    void aPreparedWriteThatIsLeftClosesItsStatementWhenItIsOver() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            get(at.client.execute("CREATE TABLE IF NOT EXISTS x.left (ts TIMESTAMP, v INT)"));
            TdengineSession session = get(at.client.session());
            TdengineStatement statement = get(session.prepare("INSERT INTO x.left VALUES(?, ?)"));
            StepVerifier.create(statement.write(statement.batch().row(Instant.ofEpochMilli(1), 1)))
                    .thenCancel()
                    .verify(LONG);
            ToyClient.until(() -> !statement.isUsable() || at.toy.toy_open_statements() == 0);
            get(session.close());
        }
    }

    @Test
    void aStatementThatIsPreparedWhileItsSessionClosesIsClosedToo() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            get(at.client.execute("CREATE TABLE IF NOT EXISTS x.late (ts TIMESTAMP, v INT)"));
            for (int i = 0; i < 50; i++) {
                TdengineSession session = get(at.client.session());
                session.prepare("INSERT INTO x.late VALUES(?, ?)")
                        .onErrorComplete()
                        .subscribe();
                get(session.close());
            }
            assertThat(at.toy.toy_open_statements()).isZero();
        }
    }

    @Test
    void aQueryThatIsPreparedIsGivenBackBeforeItsStatementWhoeverLeaves() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            Flux.range(0, 40)
                    .flatMap(
                            i -> at.client.inSession(session -> session.prepare(
                                            "SELECT * FROM x.gen_50000 WHERE i >= ?")
                                    .flatMapMany(statement -> statement.query(0))
                                    .doOnNext(part -> {
                                        if (part instanceof Page page) {
                                            page.close();
                                        }
                                    })
                                    .take(i % 3)),
                            8)
                    .blockLast(LONG);
            ToyClient.until(() -> at.toy.toy_open_statements() == 0);
        }
    }

    @Test
    void aValueThatIsTooLongIsRefusedWithItsTableAndTheSessionIsGood() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            get(at.client.execute("CREATE TABLE IF NOT EXISTS x.narrow (ts TIMESTAMP, v VARCHAR(4))"));
            assertThat(all(at.client.inSession(session -> session.prepare("INSERT INTO x.narrow VALUES(?, ?)")
                            .flatMapMany(statement -> Mono.from(
                                            statement.write(statement.batch().row(Instant.ofEpochMilli(1), "12345")))
                                    .map(String::valueOf)
                                    .onErrorResume(WeirException.class, error -> Mono.just(error.getMessage())))
                            .concatWith(session.query("SELECT 1", row -> row.getString(0))))))
                    .satisfiesExactly(
                            text -> assertThat(text).contains("too long").contains("1 row"),
                            text -> assertThat(text).isEqualTo("1"));
        }
    }

    @Test
    void aZeroInAStatementIsRefusedBeforeTheLibraryCutsItOff() {
        try (ToyClient at = ToyClient.start()) {
            WeirException error = errorOf(at.client.run("SELECT 1\0; DROP DATABASE x"));
            assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
            assertThat(error.sent()).isEqualTo(Sent.NO);
            assertThat(error).hasMessageContaining("zero character");
        }
    }

    @Test
    void aSessionIsPutBackToWhatItWas() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            TdengineSession session = get(at.client.session());
            get(session.execute("USE x").then(session.zone(ZoneId.of("Asia/Tokyo"))));
            assertThat(get(session.database())).isEqualTo("x");
            get(session.reset());
            assertThat(get(session.database().defaultIfEmpty("none"))).isEqualTo("none");
            assertThat(session.zone()).isEqualTo(ZoneId.systemDefault());
            WeirException refused = errorOf(session.zone(ZoneId.of("+03:00")));
            assertThat(refused).hasMessageContaining("timezone");
            get(session.close());
        }
    }

    @Test
    void linesWithoutASchemaAreCounted() {
        try (ToyClient at = withDatabase(ToyClient.start())) {
            assertThat(all(at.client.inSession(session -> session.execute("USE x")
                            .then(session.insert(Schemaless.of(
                                    Schemaless.Protocol.LINE, "power,site=a w=1 1\npower,site=b w=2 2"))))))
                    .containsExactly(2L);
            assertThat(errorOf(at.client.insert(Schemaless.of(Schemaless.Protocol.LINE, "power w=1 1")))
                            .kind())
                    .isEqualTo(ErrorKind.BAD_REQUEST);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearerToken=toytoken", "totpCode=123456"})
    void otherWaysToLogIn(String option) {
        try (ToyClient at = ToyClient.start()) {
            var client = io.weir.tdengine.TdengineClient.create(
                    "tdengine:native://root:taosdata@h?" + option + "&nativeLibrary=" + Toy.library());
            assertThat(get(client.version()).isAtLeast(ServerVersion.STATEMENTS))
                    .isTrue();
            assertThat(get(client.ping())).isTrue();
            assertThat(at.toy.toy_open_connections()).isPositive();
            get(client.close());
        }
    }
}
