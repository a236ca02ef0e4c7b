package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.weir.core.ResultPart.Count;
import io.weir.core.ResultPart.End;
import io.weir.r2dbc.Binding.Value;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.PublisherProbe;

/** The rules of the SPI for statements and batches: S1 to S10. */
class StatementTest {

    private final FakeSession session = new FakeSession();

    private WeirStatement statement(String sql) {
        return session.connection().createStatement(sql);
    }

    private static void run(WeirStatement statement) {
        statement.execute().blockLast();
    }

    @Test
    void s1ValuesAreBoundByIndexFromZeroAndByName() {
        run(statement("INSERT INTO t VALUES (?, :b, :b, ?)")
                .bind(0, 1)
                .bind("b", "two")
                .bind(2, 3L));

        assertThat(session.lastValues()).containsExactly(List.of(1, "two", 3L));
        assertThat(session.lastRun().sql().placeholders()).hasSize(4);
    }

    @Test
    void s1ANameMayBeWrittenWithItsColonAndBoundByItsIndex() {
        run(statement("SELECT :a, :b").bind(":b", 2).bind(0, 1));

        assertThat(session.lastValues()).containsExactly(List.of(1, 2));
    }

    @Test
    void s1TheLastValueBoundToAParameterCounts() {
        run(statement("SELECT ?").bind(0, 1).bind(0, 2));

        assertThat(session.lastValues()).containsExactly(List.of(2));
    }

    @Test
    void s2NullsAreRefusedAtTheCall() {
        WeirStatement statement = statement("SELECT ?, :a");

        assertThatThrownBy(() -> statement.bind(0, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statement.bind("a", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statement.bind(null, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statement.bindNull(0, null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statement.bindNull("a", null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statement.bindNull(null, String.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void s2ATypeThatTheStoreDoesNotTakeIsRefusedInBindAndThePossibleOnesAreNamed() {
        WeirStatement statement = statement("SELECT ?");

        assertThatThrownBy(() -> statement.bind(0, UUID.randomUUID()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A value of type java.util.UUID can not be bound for Fake DB: possible are"
                        + " BigDecimal, Blob, ByteBuffer, Clob, Integer, Long, String");
        assertThatThrownBy(() -> statement.bindNull(0, Thread.class)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statement.bind(0, Parameters.in(R2dbcType.VARCHAR, 1.5)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void s2AnIndexOutOfBoundsIsOneForAnyValueAndSaysHowManyThereAre() {
        WeirStatement statement = statement("SELECT ?, ?");

        for (int index : new int[] {-1, 2}) {
            assertThatThrownBy(() -> statement.bind(index, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessageContaining("2 (0 to 1)");
            assertThatThrownBy(() -> statement.bindNull(index, Integer.class))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThatThrownBy(() -> statement("SELECT 1").bind(0, 1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("has none");
    }

    @Test
    void s2AnUnknownNameIsNoSuchElementAndTheKnownOnesAreNamed() {
        assertThatThrownBy(() -> statement("SELECT :a, :b, :a").bind("c", 1))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("'c'")
                .hasMessageContaining("[a, b]");
        assertThatThrownBy(() -> statement("SELECT ?").bindNull("c", String.class))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("bind them by index");
    }

    @Test
    void s3ParametersAreUnwrapped() {
        run(statement("SELECT ?, ?, ?")
                .bind(0, Parameters.in(5))
                .bind(1, Parameters.in(R2dbcType.VARCHAR, "x"))
                .bind(2, Parameters.in(R2dbcType.BIGINT)));

        assertThat(session.lastRun().bindings().get(0).values())
                .containsExactly(
                        new Value(5, Integer.class), new Value("x", String.class), new Value(null, Long.class));
    }

    @Test
    void s3OutParametersAreRefused() {
        WeirStatement statement = statement("CALL p(?)");

        assertThatThrownBy(() -> statement.bind(0, Parameters.out(R2dbcType.INTEGER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OUT parameter");
        assertThatThrownBy(() -> statement.bind(0, Parameters.inOut(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void s4NullsCarryTheirTypeAndPrimitivesAreBoxed() {
        run(statement("SELECT ?, :a, ?")
                .bindNull(0, String.class)
                .bindNull("a", int.class)
                .bindNull(2, Object.class));

        assertThat(session.lastRun().bindings().get(0).values())
                .containsExactly(
                        new Value(null, String.class), new Value(null, Integer.class), new Value(null, Object.class));
    }

    @Test
    void s5AnIncompleteBindingIsAnIllegalStateAtTheCallOfAddAndExecute() {
        WeirStatement statement = statement("SELECT ?, :b, ?").bind(0, 1);

        assertThatThrownBy(statement::add)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bound to :b, ?2");
        assertThatThrownBy(statement::execute).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> statement("SELECT ?").execute()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void s5ATrailingAddIsAnIllegalState() {
        WeirStatement statement = statement("SELECT ?").bind(0, 1).add();

        assertThatThrownBy(statement::execute)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("since the last add()");
    }

    @Test
    void s6EachSavedBindingIsAnExecutionAndHasItsOwnResult() {
        session.answer = command -> Flux.fromIterable(((Command.Run) command).bindings())
                .concatMap(binding -> Flux.just(new Count(1), End.INSTANCE));

        WeirStatement statement = statement("INSERT INTO t VALUES (?)");
        for (int i = 0; i < 9; i++) {
            statement.bind(0, i).add();
        }

        StepVerifier.create(statement.bind(0, 9).execute().concatMap(WeirResult::getRowsUpdated))
                .expectNext(1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L, 1L)
                .verifyComplete();
        assertThat(session.commands).hasSize(1);
        assertThat(session.lastValues()).hasSize(10).startsWith(List.of(0)).endsWith(List.of(9));
    }

    @Test
    void s6WithoutParametersEveryAddIsOneMoreExecution() {
        run(statement("INSERT INTO t VALUES (1)").add().add());

        assertThat(session.lastRun().bindings()).containsExactly(Binding.EMPTY, Binding.EMPTY, Binding.EMPTY);
    }

    @Test
    void s7GeneratedValuesAreANoOpWhereThereAreNone() {
        run(statement("INSERT INTO t VALUES (1)").returnGeneratedValues("id"));

        assertThat(session.lastRun().generatedColumns()).isNull();
    }

    @Test
    void s7GeneratedValuesAreAskedForWhereThereAreAny() {
        session.traits = FakeSession.RICH;

        run(statement("INSERT INTO t VALUES (1)").returnGeneratedValues("id", "at"));
        assertThat(session.lastRun().generatedColumns()).containsExactly("id", "at");

        run(statement("INSERT INTO t VALUES (1)").returnGeneratedValues());
        assertThat(session.lastRun().generatedColumns()).isEmpty();

        run(statement("INSERT INTO t VALUES (1)"));
        assertThat(session.lastRun().generatedColumns()).isNull();
    }

    @Test
    void s7NullsAreRefusedEvenWhereItIsANoOp() {
        WeirStatement statement = statement("INSERT INTO t VALUES (1)");

        assertThatThrownBy(() -> statement.returnGeneratedValues((String[]) null))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> statement.returnGeneratedValues("id", null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void s8TheStatementsFetchSizeWinsAndZeroIsTheConnections() {
        WeirConnection connection = session.connection(ConnectionSettings.DEFAULTS.withFetchSize(500));

        run(connection.createStatement("a"));
        assertThat(session.lastRun().fetchSize()).isEqualTo(500);
        run(connection.createStatement("a").fetchSize(7));
        assertThat(session.lastRun().fetchSize()).isEqualTo(7);
        run(connection.createStatement("a").fetchSize(7).fetchSize(0));
        assertThat(session.lastRun().fetchSize()).isEqualTo(500);
        assertThatThrownBy(() -> connection.createStatement("a").fetchSize(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void s9ABatchHasOneResultPerStatementAndRefusesNull() {
        session.answer = command -> Flux.fromIterable(((Command.Batch) command).statements())
                .concatMap(sql -> Flux.just(new Count(sql.length()), End.INSTANCE));
        WeirBatch batch = session.connection().createBatch();

        assertThatThrownBy(() -> batch.add(null)).isInstanceOf(IllegalArgumentException.class);
        StepVerifier.create(batch.add("a").add("bb").execute().concatMap(WeirResult::getRowsUpdated))
                .expectNext(1L, 2L)
                .verifyComplete();
    }

    @Test
    void s9AnEmptyBatchHasNoResults() {
        StepVerifier.create(session.connection().createBatch().execute()).verifyComplete();
        assertThat(session.commands).isEmpty();
    }

    @Test
    void executingIsLazyAndEachSubscriptionRunsTheStatementOnce() {
        Flux<WeirResult> execution = statement("SELECT ?").bind(0, 1).execute();
        assertThat(session.commands).isEmpty();

        execution.blockLast();
        execution.blockLast();

        assertThat(session.commands).hasSize(2);
    }

    @Test
    void aStatementMayBeExecutedAgainWithTheSameValues() {
        WeirStatement statement =
                statement("INSERT INTO t VALUES (?)").bind(0, 1).add().bind(0, 2);
        run(statement);
        run(statement);

        assertThat(session.commands).hasSize(2);
        assertThat(session.lastValues()).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void theFirstValueAfterAnExecutionBeginsAnewSoThatNothingIsInsertedTwice() {
        WeirStatement statement = statement("INSERT INTO t VALUES (?, ?)")
                .bind(0, 1)
                .bind(1, 1)
                .add()
                .bind(0, 2)
                .bind(1, 2);
        run(statement);

        statement.bind(0, 3);
        assertThatThrownBy(statement::execute).isInstanceOf(IllegalStateException.class);
        run(statement.bind(1, 3));

        assertThat(session.lastValues()).containsExactly(List.of(3, 3));
    }

    @Test
    void whatIsBoundAfterExecuteDoesNotReachTheExecutionBefore() {
        WeirStatement statement = statement("SELECT ?").bind(0, 1);
        Flux<WeirResult> first = statement.execute();
        statement.bind(0, 2).execute();
        first.blockLast();

        assertThat(session.lastValues()).containsExactly(List.of(1));
    }

    @Test
    void theStatementTimeoutOfTheConnectionTravelsWithTheCommand() {
        WeirConnection connection = session.connection();
        connection.setStatementTimeout(Duration.ofSeconds(3)).block();

        run(connection.createStatement("a"));
        assertThat(session.lastRun().timeout()).isEqualTo(Duration.ofSeconds(3));

        connection.createBatch().add("a").execute().blockLast();
        assertThat(session.commands.get(1).timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void largeValuesAreCollectedBeforeTheCommandRuns() {
        Blob blob = Blob.from(Flux.just("ab", "cd").map(StandardCharsets.UTF_8::encode));
        Clob clob = Clob.from(Flux.just("ef", CharBuffer.wrap("gh")));

        run(statement("INSERT INTO t VALUES (?, ?, ?)")
                .bind(0, blob)
                .bind(1, Parameters.in(clob))
                .bind(2, 1));

        assertThat(session.lastValues())
                .containsExactly(List.of(ByteBuffer.wrap("abcd".getBytes(StandardCharsets.UTF_8)), "efgh", 1));
    }

    @Test
    void aLargeValueThatFailsOrIsCancelledNeverReachesTheStore() {
        IllegalArgumentException mine = new IllegalArgumentException("mine");
        StepVerifier.create(statement("SELECT ?")
                        .bind(0, Clob.from(Mono.error(mine)))
                        .execute())
                .verifyErrorSatisfies(error -> assertThat(error).isSameAs(mine));

        PublisherProbe<ByteBuffer> silent = PublisherProbe.of(Flux.never());
        StepVerifier.create(
                        statement("SELECT ?").bind(0, Blob.from(silent.flux())).execute())
                .then(silent::assertWasRequested)
                .thenCancel()
                .verify();

        silent.assertWasCancelled();
        assertThat(session.commands).isEmpty();
    }

    @Test
    void aNullStatementIsRefusedAtTheCall() {
        assertThatThrownBy(() -> statement(null)).isInstanceOf(IllegalArgumentException.class);
    }
}
