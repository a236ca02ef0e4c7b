package io.weir.benchmarks.tdengine;

import static io.weir.benchmarks.Measure.ALLOC;
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

/** What is measured of TDengine. */
final class Contests {

    private Contests() {}

    /**
     * All of them.
     *
     * @param rows how many rows the scan reads
     */
    static List<Contest> all(int rows) {
        return Stream.concat(figures(rows), callers()).toList();
    }

    private static Stream<Contest> figures(int rows) {
        return Stream.of(
                Contest.of("tdengine.scan", "scan " + rows, ROWS, CPU, ALLOC)
                        .variant(rows == RunOptions.DEFAULT_ROWS ? "-" : "rows:" + rows)
                        .provenBy("scan " + rows),
                inserts("one", "tables:1", 1000),
                inserts("one", "tables:1", 10_000),
                inserts("many", "tables:100", 1000),
                inserts("many", "tables:100", 10_000),
                Contest.of("tdengine.point64", "points 64", OPS, P50, P99, CALL_CPU, CALL_ALLOC));
    }

    private static Contest inserts(String work, String variant, int batch) {
        return Contest.of("tdengine.insert", work + " " + batch, ROWS, CPU, ALLOC)
                .variant(variant + ",batch:" + batch)
                .provenBy(work + "Written " + batch);
    }

    private static Stream<Contest> callers() {
        return IntStream.of(1, 16, 256)
                .mapToObj(callers -> Contest.of("tdengine.callers", "points " + callers, OPS, P99, CALL_CPU)
                        .variant("callers:" + callers)
                        .asPointOfACurve());
    }
}
