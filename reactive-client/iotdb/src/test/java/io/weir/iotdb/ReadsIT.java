package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.Page;
import io.weir.core.RowView;
import io.weir.core.WeirException;
import io.weir.iotdb.type.Aggregation;
import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.TimeWindows;
import io.weir.server.iotdb.SharedIotdb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.test.StepVerifier;

/** The queries that need no SQL, on the real server: each says what the same query in SQL says. */
class ReadsIT {

    private static final int ROWS = 2_000;
    private static final String DEVICE = "root.reads.d1";
    private static final IotdbClient CLIENT = RealSession.client(SharedIotdb.url(), Dialect.TREE);

    @BeforeAll
    static void fill() {
        List<String> statements = new ArrayList<>(List.of("create database root.reads"));
        StringJoiner rows = new StringJoiner(",", "insert into " + DEVICE + "(time,l,d) values ", "");
        for (int i = 0; i < ROWS; i++) {
            rows.add("(" + i + "," + i % 7 + "," + i / 2.0 + ")");
        }
        statements.add("create timeseries " + DEVICE + ".l int64");
        statements.add("create timeseries " + DEVICE + ".d double");
        statements.add(rows.toString());
        statements.add("insert into root.reads.d2(time,l) values (5000,1)");
        CLIENT.inSession(session -> RealSession.succeed(session, statements)).blockLast(Duration.ofMinutes(1));
    }

    @AfterAll
    static void drop() {
        CLIENT.execute("delete database root.reads").then(CLIENT.close()).block();
    }

    /** A row as a text, whatever its types. */
    private static String text(RowView row, int columns) {
        StringJoiner values = new StringJoiner(" ");
        for (int i = 0; i < columns; i++) {
            values.add(String.valueOf(row.get(i)));
        }
        return values.toString();
    }

    private static void same(IotdbRows rows, String sql, int columns) {
        List<String> expected =
                CLIENT.query(sql, row -> text(row, columns)).collectList().block();
        assertThat(expected).isNotEmpty();
        StepVerifier.create(rows.map(row -> text(row, columns)).collectList())
                .assertNext(found -> assertThat(found).isEqualTo(expected))
                .verifyComplete();
    }

    @Test
    void rawDataIsWhatSqlSelects() {
        same(
                CLIENT.reads().raw(List.of(DEVICE + ".l", DEVICE + ".d"), 10, 1500),
                "select l, d from " + DEVICE + " where time >= 10 and time < 1500",
                3);
    }

    @Test
    void rawDataTakesWildcardsAndNamesItsColumns() {
        StepVerifier.create(CLIENT.reads().raw(List.of("root.reads.*.l"), 0, 1).pages())
                .assertNext(page -> {
                    try (page) {
                        assertThat(IntStream.range(0, page.columns().size())
                                        .mapToObj(i -> page.columns().get(i).name()))
                                .containsExactly("Time", "root.reads.d1.l", "root.reads.d2.l");
                        assertThat(page.size()).isEqualTo(1);
                    }
                })
                .verifyComplete();
    }

    @Test
    void aSessionReadsTheSame() {
        StepVerifier.create(CLIENT.inSession(session -> session.reads()
                        .with(CallLimits.fetching(100))
                        .raw(List.of(DEVICE + ".l"), 0, ROWS)
                        .pages()
                        .map(ReadsIT::sizeOf)
                        .reduce(Integer::sum)))
                .expectNext(ROWS)
                .verifyComplete();
    }

    private static int sizeOf(Page page) {
        try (page) {
            return page.size();
        }
    }

    @Test
    void lastValuesAreThoseOfSql() {
        same(CLIENT.reads().last(List.of(DEVICE + ".l", DEVICE + ".d"), 0), "select last l, d from " + DEVICE, 4);
        StepVerifier.create(CLIENT.reads()
                        .last(List.of("root.reads.**"), ROWS)
                        .map(row -> row.getString(1) + "=" + row.getString(2)))
                .as("older ones are left out")
                .expectNext("root.reads.d2.l=1.0")
                .verifyComplete();
    }

    @Test
    void theLastValuesOfOneDeviceAreASuccessThoughTheServerRedirects() {
        StepVerifier.create(CLIENT.reads()
                        .lastOfDevice("root.reads", DEVICE, List.of("l", "d"))
                        .map(row -> row.getLong(0) + " " + row.getString(1) + "=" + row.getString(2)))
                .recordWith(ArrayList::new)
                .thenConsumeWhile(row -> true)
                .consumeRecordedWith(rows -> assertThat(rows)
                        .containsExactlyInAnyOrder("1999 root.reads.d1.l=4", "1999 root.reads.d1.d=999.5"))
                .verifyComplete();
    }

    @Test
    void anOldServerHasNoLastValuesBelowAPathAndSaysSo() {
        StepVerifier.create(CLIENT.reads().lastBelow(List.of("root", "reads")).map(row -> row.getString(1)))
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                WeirException.class, w -> assertThat(w.kind()).isEqualTo(ErrorKind.UNSUPPORTED)));
        StepVerifier.create(CLIENT.ping()).expectNext(true).verifyComplete();
    }

    @ParameterizedTest
    @EnumSource(Aggregation.class)
    void everyFunctionGivesWhatItGivesInSql(Aggregation function) {
        same(
                CLIENT.reads().aggregate(List.of(function.of(DEVICE + ".l"))),
                "select " + function + "(l) from " + DEVICE,
                1);
    }

    @Test
    void figuresOfARangeAreOneRow() {
        same(
                CLIENT.reads()
                        .aggregate(
                                List.of(Aggregation.COUNT.of(DEVICE + ".l"), Aggregation.AVG.of(DEVICE + ".d")),
                                TimeWindows.range(100, 200)),
                "select count(l), avg(d) from " + DEVICE + " where time >= 100 and time < 200",
                2);
    }

    @Test
    void figuresOfWindowsAreARowForEach() {
        same(
                CLIENT.reads()
                        .aggregate(
                                List.of(Aggregation.SUM.of(DEVICE + ".d")),
                                TimeWindows.range(0, 1000).every(100)),
                "select sum(d) from " + DEVICE + " group by ([0, 1000), 100ms)",
                2);
        same(
                CLIENT.reads()
                        .aggregate(
                                List.of(Aggregation.SUM.of(DEVICE + ".d")),
                                TimeWindows.range(0, 1000).every(100).sliding(50)),
                "select sum(d) from " + DEVICE + " group by ([0, 1000), 100ms, 50ms)",
                2);
    }

    @Test
    void aPathThatIsNoneIsRefused() {
        StepVerifier.create(CLIENT.reads().raw(List.of("root.reads..l"), 0, 1).pages())
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                WeirException.class, w -> assertThat(w.kind()).isEqualTo(ErrorKind.BAD_REQUEST)));
        StepVerifier.create(CLIENT.ping()).expectNext(true).verifyComplete();
    }

    @Test
    void aCallMayHaveALimitOfTimeOfItsOwn() {
        CallLimits brief = CallLimits.within(Duration.ofSeconds(1));
        StepVerifier.create(CLIENT.pages("select l, d from " + DEVICE, brief), 1)
                .consumeNextWith(Page::close)
                // Who holds back until his time is over hears of it.
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                WeirException.class, w -> assertThat(w.kind()).isEqualTo(ErrorKind.TIMEOUT)));
    }
}
