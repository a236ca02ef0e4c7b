package io.weir.benchmarks.tdengine;

import io.weir.benchmarks.Calls;
import io.weir.benchmarks.worker.Checksum;
import io.weir.benchmarks.worker.Run;
import io.weir.benchmarks.worker.tdengine.Data;
import io.weir.core.Page;
import io.weir.core.RowView;
import io.weir.tdengine.TdengineSession;
import java.util.Objects;

/** Reads with one connection: typed readers by index, no object per row but the text. */
final class Scans {

    private final TdengineSession session;

    Scans(TdengineSession session) {
        this.session = session;
    }

    /** So many generated rows. */
    void scan(Run run) {
        read(Data.scan(run.size()), run.checksum());
    }

    /** As many callers as the size says ask for one row, again and again. */
    void points(Run run) {
        Calls.make(
                run,
                run.size(),
                Data.CALLS,
                part -> session.query(Data.POINT, row -> consume(row, part)).then());
    }

    /** All rows of a table. */
    void read(String sql, Checksum checksum) {
        session.pages(sql).doOnNext(page -> consume(page, checksum)).then().block();
    }

    private static void consume(Page page, Checksum checksum) {
        try (page) {
            for (int i = 0; i < page.size(); i++) {
                consume(page.row(i), checksum);
                checksum.endRow();
            }
        }
    }

    private static boolean consume(RowView row, Checksum checksum) {
        checksum.add(row.getLong(0));
        checksum.add(row.getLong(1));
        checksum.add(row.getDouble(2));
        checksum.add(row.getBoolean(3));
        checksum.add(Objects.requireNonNull(row.getString(4)));
        return true;
    }
}
