package io.weir.benchmarks.iotdb;

import io.weir.benchmarks.worker.Work;
import io.weir.benchmarks.worker.Worker;
import java.io.IOException;
import java.util.Map;

/** Scans with ours: with the client, or through the driver. */
public final class OurWorker {

    private OurWorker() {}

    /** Arguments: host, port, fetch size, SQL of the scan. */
    public static void main(String[] args) throws IOException {
        String place = "iotdb://root:root@" + args[0] + ":" + args[1] + "?sqlDialect=tree";
        int fetchSize = Integer.parseInt(args[2]);
        String sql = args[3];
        try (ClientScan client = new ClientScan(place, sql, fetchSize);
                DriverScan driver = new DriverScan("r2dbc:" + place, sql, fetchSize)) {
            Map<String, Work> works = Map.of("pages", client::pages, "r2dbc", driver::rows);
            Worker.serve(works);
        }
    }
}
