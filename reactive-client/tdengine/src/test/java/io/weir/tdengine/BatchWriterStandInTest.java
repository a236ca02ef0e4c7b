package io.weir.tdengine;

import static io.weir.tdengine.StandIn.all;
import static io.weir.tdengine.StandIn.errorOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.server.tdengine.manner.Manner;
import io.weir.tdengine.type.TableBatch;
import io.weir.tdengine.type.WriteResult;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Streams of batches on several statements at once. */
class BatchWriterStandInTest {

    private static final String SQL = "INSERT INTO ? USING p.m TAGS(?) VALUES(?, ?)";

    private static StandIn meters(String version) {
        StandIn at = StandIn.of(version);
        at.run("CREATE DATABASE p", "CREATE STABLE p.m (ts TIMESTAMP, v VARCHAR(8)) TAGS (site INT)");
        return at;
    }

    private static TableBatch batch(TdengineStatement statement, int number, String value) {
        TableBatch batch = statement.batch().table("p.d" + number % 10).tags(number % 10);
        for (int row = 0; row < 20; row++) {
            batch.row(1_700_000_000_000L + 20L * number + row, value);
        }
        return batch;
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.3.8.1", "3.4.1.13"})
    void everyBatchIsWrittenOnce(String version) {
        try (StandIn at = meters(version)) {
            List<WriteResult> results = all(at.client.write(
                    SQL, 4, statement -> Flux.range(0, 100).map(number -> batch(statement, number, "x"))));
            assertThat(results).hasSize(100).allMatch(WriteResult::isWritten).allMatch(r -> r.rows() == 20);
            assertThat(all(at.client.query("SELECT COUNT(*) FROM p.m", row -> row.getLong(0))))
                    .containsExactly(2000L);
            Await.until(() -> at.server.counters().openStatements() == 0);
        }
    }

    @Test
    void aBatchThatIsRefusedIsNamedAndTheOthersAreWritten() {
        try (StandIn at = meters("3.3.8.1")) {
            List<WriteResult> results = all(at.client.write(
                    SQL,
                    2,
                    statement -> Flux.range(0, 30)
                            .map(number -> batch(statement, number, number == 13 ? "123456789" : "x"))));
            assertThat(results).hasSize(30);
            assertThat(results.stream().filter(r -> !r.isWritten())).hasSize(1).allSatisfy(refused -> {
                assertThat(refused.batch().table()).isEqualTo("p.d3");
                assertThat(refused.error())
                        .hasMessageContaining("20 rows to 'p.d3'")
                        .hasMessageContaining("'v'");
            });
            assertThat(all(at.client.query("SELECT COUNT(*) FROM p.m", row -> row.getLong(0))))
                    .containsExactly(29 * 20L);
        }
    }

    @Test
    void aReaderWhoHoldsBackHoldsBackTheSource() {
        try (StandIn at = meters("3.3.8.1")) {
            AtomicInteger made = new AtomicInteger();
            StepVerifier.create(
                            at.client.write(
                                    SQL,
                                    2,
                                    statement -> Flux.range(0, 1000)
                                            .doOnNext(number -> made.incrementAndGet())
                                            .map(number -> batch(statement, number, "x"))),
                            3)
                    .expectNextCount(3)
                    .then(() -> assertThat(made.get()).isLessThan(30))
                    .thenCancel()
                    .verify(StandIn.LONG);
        }
    }

    /** Whichever statement hears of the loss first: the one that has sent nothing must not speak for the other. */
    @RepeatedTest(10)
    void aLostConnectionEndsTheStreamAndNothingIsWrittenTwice() {
        try (StandIn at = meters("3.3.8.1")) {
            WeirException error = errorOf(at.client.write(
                    SQL,
                    2,
                    statement -> Flux.range(0, 100)
                            .map(number -> batch(statement, number, "x"))
                            .doOnNext(next -> at.with(Manner.DROP, "executed"))));
            assertThat(error.kind()).isEqualTo(ErrorKind.CLOSED);
            assertThat(error.sent()).isEqualTo(WeirException.Sent.MAYBE);
        }
    }

    @Test
    void noStatementAtAllIsRefused() {
        try (StandIn at = meters("3.3.8.1")) {
            assertThatThrownBy(() -> at.client.write(SQL, 0, statement -> Flux.empty()))
                    .hasMessageContaining("1 to 256");
        }
    }
}
