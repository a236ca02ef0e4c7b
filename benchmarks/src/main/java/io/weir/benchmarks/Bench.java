package io.weir.benchmarks;

import java.util.List;

/** What {@code ./dev bench} measures of one system. */
public interface Bench {

    /** As it stands behind {@code ./dev bench} and in the names of files. */
    String system();

    /** What answers, as figures name it: {@code iotdb}, or {@code standin} where it is none. */
    String server();

    /** Artifact and version. */
    String peerName();

    /**
     * All that is measured.
     *
     * @param rows how many rows the scans read
     */
    List<Contest> contests(int rows);

    /** Starts the server, and knows both sides. */
    Arena open(Transcript transcript);

    /**
     * What the peer's worker has to do before anything is measured.
     *
     * @param rows how many rows the scans read
     */
    List<String> loads(int rows, List<Contest> contests);
}
