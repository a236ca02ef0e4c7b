package io.weir.iotdb;

import io.weir.iotdb.type.CallLimits;
import io.weir.iotdb.type.IotdbType;
import io.weir.iotdb.type.SeriesType;
import io.weir.iotdb.type.Tablet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The quick starts of docs/iotdb.md, which shows these methods as they are. */
final class QuickStarts {

    private QuickStarts() {}

    static Flux<String> read(IotdbClient client, long from, long to) {
        return client.reads()
                .with(CallLimits.within(Duration.ofSeconds(30)))
                .raw(List.of("root.plant.line1.*"), from, to)
                .map(row -> row.getLong(0) + ": " + row.getDouble(1))
                .take(100);
    }

    static Mono<Long> ingest(IotdbClient client, Flux<Double> temperatures) {
        return client.writes()
                .ingest(temperatures
                        .index()
                        .window(1000)
                        .concatMap(thousand -> thousand.collect(
                                () -> Tablet.ofDevice("root.plant.line1")
                                        .column("temperature", IotdbType.DOUBLE)
                                        .build(),
                                (tablet, one) -> tablet.row(one.getT1()).set("temperature", one.getT2()))))
                .map(WriteResult::rows);
    }

    static Flux<String> tables(IotdbClient client) {
        Tablet tablet = Tablet.ofTable("machines")
                .tag("line")
                .column("temperature", IotdbType.DOUBLE)
                .build();
        tablet.row(1).set("line", "a").set("temperature", 19.5);
        tablet.row(2).set("line", "b").set("temperature", 21.5);
        return client.writes()
                .insertTablet(tablet)
                .thenMany(client.query("SELECT line FROM machines WHERE temperature > 20", row -> row.getString(0)));
    }

    static Flux<Long> session(IotdbClient client) {
        return client.inSession(session -> session.schema()
                .createAlignedSeries(
                        "root.plant.line2",
                        Map.of("speed", SeriesType.of(IotdbType.INT32), "running", SeriesType.of(IotdbType.BOOLEAN)))
                .then(session.execute("INSERT INTO root.plant.line2(time, speed) ALIGNED VALUES (1, 7), (2, 8)"))
                .thenMany(session.query("SELECT speed FROM root.plant.line2", row -> row.getLong(1))));
    }
}
