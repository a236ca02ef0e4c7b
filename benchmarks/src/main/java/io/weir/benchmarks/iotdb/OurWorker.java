package io.weir.benchmarks.iotdb;

import io.weir.benchmarks.worker.Worker;
import io.weir.benchmarks.worker.iotdb.Data;
import io.weir.iotdb.IotdbClient;
import java.io.IOException;
import java.util.Map;

/** Reads and writes with ours: with the client, or through the driver. The works have the names that the peer's have. */
public final class OurWorker {

    private OurWorker() {}

    /** Arguments: host, port. */
    public static void main(String[] args) throws IOException {
        String place = "iotdb://root:root@" + args[0] + ":" + args[1] + "?sqlDialect=tree";
        IotdbClient client = client(place).build();
        ClientScan scans = new ClientScan(client);
        Tablets tablets = new Tablets(client);
        try (DriverScan driver = new DriverScan("r2dbc:" + place);
                Callers callers = new Callers(
                        client,
                        sockets -> client(place)
                                .option("sharedWires", sockets)
                                .option("maxWires", sockets)
                                .build())) {
            Worker.serve(Map.ofEntries(
                    Map.entry("scan", scans::scan),
                    Map.entry("records", driver::rows),
                    Map.entry("long", scans::longer),
                    Map.entry("wide", scans::wide),
                    Map.entry("tablets", tablets::write),
                    Map.entry("written", scans::written),
                    Map.entry("last", callers::last),
                    Map.entry("lastDefault", callers::last),
                    Map.entry("lastOver", callers::lastOver),
                    Map.entry("mixed", callers::mixed)));
        } finally {
            client.close().block();
        }
    }

    private static IotdbClient.Builder client(String place) {
        return IotdbClient.builder().url(place).option("fetchSize", Data.FETCH_ROWS);
    }
}
