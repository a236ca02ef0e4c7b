package io.weir.iotdb.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.netty.resources.LoopResources;

/** The whole client under everything at once; {@code docs/reliability.md} has the figures of the long run. */
class ChaosIT {

    private static final int CALLERS = 64;

    private static final String EVENT_LOOP = "weir-";

    /** Event loops are counted; Reactor's own are one for each core; the rest is the testkit's and the JVM's. */
    private static final Set<String> COUNTED_OR_NOT_OURS =
            Set.of(EVENT_LOOP, "parallel-", "fault-proxy-", "junit-", "process reaper", "ForkJoinPool");

    private final long seed = Long.getLong("weir.seed", new Random().nextLong());

    @Test
    @Timeout(240)
    void nothingIsLostOrInventedWhenTheServerIsKilledTwice() throws Exception {
        survives(2, 5, 300);
    }

    @Test
    @Tag("long")
    @Timeout(1800)
    void nothingIsLostOrInventedWhenTheServerIsKilledTenTimes() throws Exception {
        survives(10, 12, 300);
    }

    private void survives(int kills, int troubles, long calls) throws Exception {
        try (ChaosRun run = new ChaosRun(CALLERS, seed)) {
            Set<String> before = threads();
            run.run(kills, troubles, calls);

            System.out.println("Chaos with -Dweir.seed=" + seed + ": " + run.summary());
            assertThat(run.objections()).isEmpty();
            // Those that were just lost may not be gone yet, so they can be twice as many for a moment, and never more.
            assertThat(run.mostConnections()).isLessThanOrEqualTo(2 * ChaosRun.MOST_CONNECTIONS);
            assertThat(run.rows(Write.Fate.ACKNOWLEDGED)).isPositive();
            assertThat(run.rows(Write.Fate.UNDER_WAY)).isZero();
            run.closeClient();
            assertThat(threads()).isSubsetOf(before);
            assertThat(eventLoops()).isLessThanOrEqualTo(LoopResources.DEFAULT_IO_WORKER_COUNT);
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> COUNTED_OR_NOT_OURS.stream().noneMatch(name::startsWith))
                .collect(Collectors.toSet());
    }

    private static long eventLoops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(EVENT_LOOP))
                .count();
    }
}
