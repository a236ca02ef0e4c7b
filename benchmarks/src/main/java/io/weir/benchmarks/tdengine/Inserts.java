package io.weir.benchmarks.tdengine;

import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.tdengine.Data;
import io.weir.tdengine.TdengineSession;
import io.weir.tdengine.TdengineStatement;
import io.weir.tdengine.type.ColumnBatch;
import io.weir.tdengine.type.TableBatch;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Writes batches with prepared statements over one connection. Two statements take turns, so that one batch is filled
 * while another is on its way.
 */
final class Inserts {

    private static final String SIDE = "ours";
    private static final int STATEMENTS = 2;

    private final TdengineSession session;
    private final Scans scans;
    private final String host;
    private final String port;

    Inserts(TdengineSession session, Scans scans, String host, String port) {
        this.session = session;
        this.scans = scans;
        this.host = host;
        this.port = port;
    }

    /** Batches of as many rows as the size says, into one table. */
    void one(Run run) {
        one(run, Data.ROWS);
    }

    private void one(Run run, int all) {
        write(run, all, "INSERT INTO " + Data.one(SIDE) + " VALUES (?, ?, ?, ?, ?)", 1);
    }

    /** The same over many tables: each batch has rows for all of them. */
    void many(Run run) {
        many(run, Data.ROWS);
    }

    private void many(Run run, int all) {
        write(run, all, "INSERT INTO ? USING " + Data.many(SIDE) + " TAGS (?) VALUES (?, ?, ?, ?, ?)", Data.TABLES);
    }

    /** Writes once into a server that keeps it, and reads it back. */
    void oneWritten(Run run) throws IOException, InterruptedException {
        Data.keepWrites(host, port, true);
        one(run, Data.PROVEN_ROWS);
        scans.read(Data.all(Data.one(SIDE)), run.checksum());
        Data.keepWrites(host, port, false);
    }

    /** The same over many tables. */
    void manyWritten(Run run) throws IOException, InterruptedException {
        Data.keepWrites(host, port, true);
        many(run, Data.PROVEN_ROWS);
        scans.read(Data.all(Data.many(SIDE)), run.checksum());
        Data.keepWrites(host, port, false);
    }

    private void write(Run run, int all, String sql, int tables) {
        AtomicInteger next = new AtomicInteger();
        int batches = all / run.size();
        Long rows = Flux.range(0, STATEMENTS)
                .flatMap(i -> Flux.usingWhen(
                        session.prepare(sql),
                        statement -> write(statement, next, batches, run.size(), tables),
                        TdengineStatement::close))
                .reduce(0L, Long::sum)
                .block();
        run.checksum().rows(Objects.requireNonNull(rows));
    }

    /** Takes the next batch as long as there is one. The same batch is filled again and again. */
    private static Flux<Long> write(
            TdengineStatement statement, AtomicInteger next, int batches, int rows, int tables) {
        List<TableBatch> filled =
                Stream.generate(statement::batch).limit(tables).toList();
        return Mono.defer(() -> {
                    int number = next.getAndIncrement();
                    if (number >= batches) {
                        return Mono.<Long>empty();
                    }
                    fill(filled, (long) number * rows, rows);
                    return statement.write(filled, Duration.ZERO);
                })
                .repeat(() -> next.get() < batches);
    }

    private static void fill(List<TableBatch> batches, long first, int rows) {
        int tables = batches.size();
        for (int table = 0; table < tables; table++) {
            TableBatch batch = batches.get(table).clear();
            if (tables > 1) {
                batch.table(Data.DATABASE + "." + Data.table(SIDE, table)).tags(table);
            }
            fill(batch, first + table, first + rows, tables);
        }
    }

    private static void fill(TableBatch batch, long first, long end, int step) {
        ColumnBatch time = batch.column(0);
        ColumnBatch counter = batch.column(1);
        ColumnBatch temperature = batch.column(2);
        ColumnBatch running = batch.column(3);
        ColumnBatch label = batch.column(4);
        for (long row = first; row < end; row += step) {
            time.addLong(Data.FIRST_TIME + row);
            counter.addLong(Data.counter(row));
            temperature.addDouble(Data.temperature(row));
            running.addBoolean(Data.running(row));
            label.addText(Data.label(row));
        }
    }
}
