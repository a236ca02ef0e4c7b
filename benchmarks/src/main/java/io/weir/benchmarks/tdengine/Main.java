package io.weir.benchmarks.tdengine;

import io.weir.benchmarks.Arena;
import io.weir.benchmarks.Bench;
import io.weir.benchmarks.BenchRun;
import io.weir.benchmarks.Contest;
import io.weir.benchmarks.Transcript;
import java.io.IOException;
import java.util.List;

/** {@code ./dev bench tdengine}: the stand-in in a process of its own, and both sides by turns. */
public final class Main implements Bench {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        BenchRun.main(new Main(), arguments);
    }

    @Override
    public String system() {
        return "tdengine";
    }

    @Override
    public String server() {
        return "standin";
    }

    @Override
    public String peerName() {
        return "taos-jdbcdriver:3.7.9";
    }

    @Override
    public List<Contest> contests(int rows) {
        return Contests.all(rows);
    }

    @Override
    public Arena open(Transcript transcript) {
        StandInProcess server = StandInProcess.start();
        return new Arena(
                server.host(),
                server.port(),
                server::close,
                OurWorker.class.getName(),
                "taos-jdbcdriver",
                "io.weir.benchmarks.peer.taos.JdbcWorker",
                transcript);
    }

    @Override
    public List<String> loads(int rows, List<Contest> contests) {
        return List.of("load");
    }
}
