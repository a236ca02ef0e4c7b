package io.weir.benchmarks.iotdb;

import io.weir.benchmarks.worker.Checksum;
import io.weir.core.Page;
import io.weir.core.RowView;
import io.weir.iotdb.IotdbClient;
import java.util.Objects;

/** A scan with the client, page by page. */
final class ClientScan implements AutoCloseable {

    private final IotdbClient client;
    private final String sql;

    /** Nothing is connected before the first scan. */
    ClientScan(String url, String sql, int fetchSize) {
        this.client =
                IotdbClient.builder().url(url).option("fetchSize", fetchSize).build();
        this.sql = sql;
    }

    /** Typed readers by index: no object per row but the text. */
    void pages(Checksum checksum) {
        client.pages(sql).doOnNext(page -> consume(page, checksum)).then().block();
    }

    private static void consume(Page page, Checksum checksum) {
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

    @Override
    public void close() {
        client.close().block();
    }
}
