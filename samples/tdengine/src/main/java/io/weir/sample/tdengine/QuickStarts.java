package io.weir.sample.tdengine;

import io.weir.tdengine.TdengineClient;
import io.weir.tdengine.TdengineStatement;
import io.weir.tdengine.TdengineSubscription;
import io.weir.tdengine.TdengineSubscription.Start;
import io.weir.tdengine.type.TableBatch;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Ten lines each; docs/tdengine.md shows them. */
final class QuickStarts {

    private QuickStarts() {}

    /** What one machine has measured. */
    record Reading(String machine, long time, double value) {}

    /** A super table, of which each machine's table is a child, and a topic of what goes in. */
    static Mono<Void> define(TdengineClient client) {
        return Flux.just(
                        "CREATE DATABASE IF NOT EXISTS plant",
                        "CREATE STABLE IF NOT EXISTS plant.readings (ts TIMESTAMP, v DOUBLE) TAGS (machine VARCHAR(20))",
                        "CREATE TOPIC IF NOT EXISTS warm AS SELECT ts, v, machine FROM plant.readings WHERE v > 20")
                .concatMap(client::execute)
                .then();
    }

    /** A stream of readings goes in by columns, over two statements, as fast as the server takes it and no faster. */
    static Mono<Long> ingest(TdengineClient client, Flux<Reading> readings) {
        return client.write(
                        "INSERT INTO ? USING plant.readings TAGS (?) VALUES (?, ?)",
                        2,
                        statement -> readings.buffer(1000).concatMapIterable(some -> batches(statement, some)))
                .<Long>handle((result, sink) -> {
                    if (result.error() == null) {
                        sink.next(result.rows());
                    } else {
                        sink.error(result.error());
                    }
                })
                .reduce(0L, Long::sum);
    }

    private static Collection<TableBatch> batches(TdengineStatement statement, List<Reading> some) {
        Map<String, TableBatch> tables = new LinkedHashMap<>();
        for (Reading one : some) {
            tables.computeIfAbsent(
                            one.machine(),
                            name -> statement.batch().table("plant." + name).tags(name))
                    .row(one.time(), one.value());
        }
        return tables.values();
    }

    /** Rows by demand: asking for no more than a hundred is all that it takes to get no more. */
    static Flux<String> query(TdengineClient client) {
        return client.query(
                        "SELECT machine, v FROM plant.readings WHERE v > 20 ORDER BY ts",
                        row -> row.getString(0) + " " + row.getDouble(1))
                .take(100);
    }

    /** What goes in comes out, from the beginning on; what was worked on is committed. It never ends by itself. */
    static Flux<String> subscribe(TdengineClient client) {
        return client.consume(
                TdengineSubscription.of("alarms", "warm").withStart(Start.EARLIEST),
                message -> message.rows((table, row) -> row.getString(2) + " " + row.getDouble(1)));
    }
}
