package io.weir.benchmarks.tdengine;

import io.weir.benchmarks.worker.Worker;
import io.weir.tdengine.TdengineClient;
import io.weir.tdengine.TdengineSession;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** Reads and writes with ours, over one connection. The works have the names that the peer's have. */
public final class OurWorker {

    private OurWorker() {}

    /** Arguments: host, port. */
    public static void main(String[] args) throws IOException {
        TdengineClient client = TdengineClient.create("tdengine://root:taosdata@" + args[0] + ":" + args[1]);
        TdengineSession session = Objects.requireNonNull(client.session().block());
        Scans scans = new Scans(session);
        Inserts inserts = new Inserts(session, scans, args[0], args[1]);
        try {
            Worker.serve(Map.of(
                    "scan", scans::scan,
                    "points", scans::points,
                    "one", inserts::one,
                    "oneWritten", inserts::oneWritten,
                    "many", inserts::many,
                    "manyWritten", inserts::manyWritten));
        } finally {
            client.close().block();
        }
    }
}
