package io.weir.tdengine.r2dbc;

import static io.weir.tdengine.r2dbc.TestPlace.counts;
import static io.weir.tdengine.r2dbc.TestPlace.select;
import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What connections that share sockets answer is what they answer with a socket each. */
class SharingTest {

    private static final int CONNECTIONS = 40;
    private static final int STATEMENTS = 15;
    private static final List<String> TABLE = List.of("CREATE TABLE t (ts TIMESTAMP, v INT, name VARCHAR(10))");

    /** One thing that a connection does; all of them together are its script. */
    private enum Act {
        ASK_WHERE,
        COUNT,
        QUERY_PREPARED,
        LEAVE_EARLY,
        ENTER
    }

    private record Step(Act act, int value) {}

    @Test
    void whatIsSharedGivesTheResultsOfWhatIsNot() {
        long seed = Long.getLong("weir.seed", System.nanoTime());
        Random random = new Random(seed);
        List<List<Step>> scripts = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> IntStream.range(0, STATEMENTS)
                        .mapToObj(j -> step(random))
                        .toList())
                .toList();
        try (TestPlace at = TestPlace.any().run(TABLE.toArray(String[]::new));
                TestPlace other = at.beside().run(TABLE.toArray(String[]::new))) {
            fill(at, 50);
            fill(other, 70);
            List<List<Object>> alone = run(at.factory("sharing=off"), scripts, at, other, 4);
            List<List<Object>> shared = run(at.factory("sharedWires=2"), scripts, at, other, CONNECTIONS);
            assertThat(shared).as("seed " + seed).isEqualTo(alone);
        }
    }

    private static Step step(Random random) {
        // Most connections stay where they are for most of their time.
        int chance = random.nextInt(12);
        Act act = chance == 0 ? Act.ENTER : Act.values()[chance % (Act.values().length - 1)];
        return new Step(act, random.nextInt(50));
    }

    private static void fill(TestPlace place, int rows) {
        place.connected(c -> counts(PreparedTest.rows(c, rows)));
    }

    private static List<List<Object>> run(
            ConnectionFactory factory, List<List<Step>> scripts, TestPlace first, TestPlace second, int atOnce) {
        return Flux.fromIterable(scripts)
                .flatMapSequential(
                        script -> Mono.usingWhen(
                                factory.create(),
                                c -> Flux.fromIterable(script)
                                        .concatMap(step -> act(c, step, first, second))
                                        .collectList(),
                                Connection::close),
                        atOnce)
                .collectList()
                .block(TestPlace.LONG);
    }

    private static Flux<Object> act(Connection c, Step step, TestPlace first, TestPlace second) {
        return switch (step.act()) {
            case ASK_WHERE -> select(c, "SELECT DATABASE()", String.class).cast(Object.class);
            case COUNT -> select(c, "SELECT COUNT(*) FROM t", Long.class).cast(Object.class);
            case QUERY_PREPARED ->
                select(
                                c.createStatement("SELECT name FROM t WHERE v >= ? ORDER BY v")
                                        .bind(0, step.value()),
                                String.class)
                        .cast(Object.class);
            case LEAVE_EARLY ->
                select(c, "SELECT v FROM t ORDER BY v", Integer.class).take(3).cast(Object.class);
            case ENTER ->
                counts(c.createStatement("USE " + (step.value() % 2 == 0 ? first : second).database()))
                        .cast(Object.class);
        };
    }
}
