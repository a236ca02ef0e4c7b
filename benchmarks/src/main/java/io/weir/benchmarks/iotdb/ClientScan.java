package io.weir.benchmarks.iotdb;

import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.iotdb.Data;
import io.weir.core.Page;
import io.weir.core.RowView;
import io.weir.iotdb.IotdbClient;
import java.util.Objects;

/** Scans with the client, page by page; typed readers by index: no object per row but the text. */
final class ClientScan {

    private final IotdbClient client;

    ClientScan(IotdbClient client) {
        this.client = client;
    }

    void scan(Run run) {
        read(Data.scan(), run.checksum());
    }

    /** So many rows; few of them again and again, because what is over in no time can not be timed. */
    void longer(Run run) {
        for (int left = Data.times(run.size()); left > 0; left--) {
            read(Data.scan(run.size()), run.checksum());
        }
    }

    /** What this side has written with as many sessions as the size says, read back. */
    void written(Run run) {
        for (int i = 0; i < run.size(); i++) {
            read(Data.all(Data.written("ours", run.size(), i)), run.checksum());
        }
    }

    /** As many columns as the size says; again and again, for the same reason. */
    void wide(Run run) {
        for (int left = Data.WIDE_TIMES; left > 0; left--) {
            client.pages(Data.wide(run.size()))
                    .doOnNext(page -> consumeDoubles(page, run.size(), run.checksum()))
                    .then()
                    .block();
        }
    }

    private void read(String sql, Checksum checksum) {
        client.pages(sql).doOnNext(page -> consume(page, checksum)).then().block();
    }

    static void consume(Page page, Checksum checksum) {
        try (page) {
            for (int i = 0; i < page.size(); i++) {
                RowView row = page.row(i);
                checksum.add(row.getLong(0));
                checksum.add(row.getLong(1));
                checksum.add(row.getDouble(2));
                checksum.add(row.getBoolean(3));
                checksum.add(Objects.requireNonNull(row.getString(4)));
                checksum.endRow();
            }
        }
    }

    private static void consumeDoubles(Page page, int columns, Checksum checksum) {
        try (page) {
            for (int i = 0; i < page.size(); i++) {
                RowView row = page.row(i);
                checksum.add(row.getLong(0));
                for (int column = 1; column <= columns; column++) {
                    checksum.add(row.getDouble(column));
                }
                checksum.endRow();
            }
        }
    }
}
