package io.weir.benchmarks.iotdb;

import io.weir.benchmarks.Arena;
import io.weir.benchmarks.Bench;
import io.weir.benchmarks.BenchRun;
import io.weir.benchmarks.Contest;
import io.weir.benchmarks.Transcript;
import io.weir.server.iotdb.IotdbServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** {@code ./dev bench iotdb}: a real server, its data, and both sides by turns. */
public final class Main implements Bench {

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        BenchRun.main(new Main(), arguments);
    }

    @Override
    public String system() {
        return "iotdb";
    }

    @Override
    public String server() {
        return "iotdb";
    }

    @Override
    public String peerName() {
        return "iotdb-session:2.0.7";
    }

    @Override
    public List<Contest> contests(int rows) {
        return Contests.all(rows);
    }

    @Override
    public Arena open(Transcript transcript) {
        IotdbServer server = IotdbServer.start();
        return new Arena(
                server.host(),
                server.port(),
                server::close,
                OurWorker.class.getName(),
                "iotdb-session",
                "io.weir.benchmarks.peer.iotdb.SessionWorker",
                transcript);
    }

    @Override
    public List<String> loads(int rows, List<Contest> contests) {
        List<String> loads = new ArrayList<>(List.of("load " + rows));
        if (uses(contests, "long")) {
            loads.add("loadLong " + Contests.LONGEST);
        }
        if (uses(contests, "wide")) {
            loads.add("loadWide");
        }
        return loads;
    }

    private static boolean uses(List<Contest> contests, String work) {
        return contests.stream().anyMatch(contest -> contest.work().startsWith(work + " "));
    }
}
