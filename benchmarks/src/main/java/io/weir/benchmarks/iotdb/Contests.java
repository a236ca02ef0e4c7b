package io.weir.benchmarks.iotdb;

import static io.weir.benchmarks.Measure.ALLOC;
import static io.weir.benchmarks.Measure.BESIDE;
import static io.weir.benchmarks.Measure.CALL_ALLOC;
import static io.weir.benchmarks.Measure.CALL_CPU;
import static io.weir.benchmarks.Measure.CPU;
import static io.weir.benchmarks.Measure.OPS;
import static io.weir.benchmarks.Measure.P50;
import static io.weir.benchmarks.Measure.P99;
import static io.weir.benchmarks.Measure.ROWS;

import io.weir.benchmarks.Contest;
import io.weir.benchmarks.RunOptions;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What is measured of IoTDB. */
final class Contests {

    /** The longest scan of the curve, and so the rows of its device. */
    static final int LONGEST = 10_000_000;

    private Contests() {}

    /**
     * All of them.
     *
     * @param rows how many rows the scans read
     */
    static List<Contest> all(int rows) {
        return Stream.of(figures(rows), callers(), sockets(), lengths(), widths())
                .flatMap(s -> s)
                .toList();
    }

    private static Stream<Contest> figures(int rows) {
        String variant = rows == RunOptions.DEFAULT_ROWS ? "-" : "rows:" + rows;
        return Stream.of(
                // Pages against DataIterator: typed getters on both sides, no object per row but the text.
                Contest.of("iotdb.scan", "scan", ROWS, CPU, ALLOC)
                        .variant(variant)
                        .provenBy("scan"),
                // Rows through Result.map against RowRecord, which hands out objects too.
                Contest.of("iotdb.r2dbc.scan", "records", ROWS, CPU, ALLOC)
                        .variant(variant)
                        .provenBy("records"),
                tablets(1),
                tablets(4),
                Contest.of("iotdb.last64", "last 64", OPS, P50, P99, CALL_CPU, CALL_ALLOC),
                Contest.of("iotdb.last64default", "lastDefault 64", OPS, P99),
                Contest.of("iotdb.mixed64", "mixed 64", P99, OPS, BESIDE));
    }

    private static Contest tablets(int sessions) {
        return Contest.of("iotdb.tablet", "tablets " + sessions, ROWS, CPU, ALLOC)
                .variant("sessions:" + sessions)
                .provenBy("written " + sessions);
    }

    private static Stream<Contest> callers() {
        return IntStream.of(1, 16, 64, 256)
                .mapToObj(callers -> Contest.of("iotdb.callers", "last " + callers, OPS, P99, CALL_CPU)
                        .variant("callers:" + callers)
                        .asPointOfACurve());
    }

    /** The same 64 callers over as many connections on both sides: 4 are our default, 5 the peer's. */
    private static Stream<Contest> sockets() {
        return IntStream.of(1, 4, 5, 8, 16, 64)
                .mapToObj(sockets -> Contest.of("iotdb.sockets", "lastOver " + sockets, OPS, P50, P99, CALL_CPU)
                        .variant("sockets:" + sockets)
                        .asPointOfACurve());
    }

    /** In a heap in which the longest result would not fit a hundredth: it must stay flat. */
    private static Stream<Contest> lengths() {
        return IntStream.of(10_000, 100_000, 1_000_000, LONGEST)
                .mapToObj(rows -> Contest.of("iotdb.length", "long " + rows, ROWS, CPU)
                        .variant("rows:" + rows)
                        .inJvm("-Xmx48m", "-XX:MaxDirectMemorySize=32m")
                        .asPointOfACurve());
    }

    private static Stream<Contest> widths() {
        return IntStream.of(1, 10, 100)
                .mapToObj(columns -> Contest.of("iotdb.width", "wide " + columns, ROWS, CPU, ALLOC)
                        .variant("columns:" + columns)
                        .asPointOfACurve());
    }
}
