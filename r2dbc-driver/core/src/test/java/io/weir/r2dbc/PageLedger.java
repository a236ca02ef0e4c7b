package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Column;
import io.weir.core.Columns;
import io.weir.core.Kind;
import io.weir.core.Page;
import io.weir.core.RowView;
import io.weir.core.page.AbstractPage;
import io.weir.core.page.AbstractRow;
import io.weir.core.page.PageShape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes pages with the columns {@code n} (INT64: the row's number), {@code Text} (TEXT), {@code raw} (BINARY) and
 * {@code N} (INT32, the same label again), and keeps count: of pages made, of pages closed, of pages read after that.
 */
final class PageLedger {

    static final Columns COLUMNS = Columns.of(List.of(
            new Column("n", Kind.INT64, "LONG"),
            new Column("Text", Kind.TEXT, "STRING"),
            new Column("raw", Kind.BINARY, "BYTES"),
            new Column("N", Kind.INT32, "INT")));

    private static final PageShape SHAPE = PageShape.of(COLUMNS, ChronoUnit.MILLIS, ZoneOffset.UTC);

    final AtomicInteger made = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    final AtomicInteger readAfterClose = new AtomicInteger();

    /** Rows numbered from {@code from} to {@code from + size - 1}; the text is null in every row whose number ends with 9. */
    Page page(long from, int size) {
        made.incrementAndGet();
        return new Counted(from, size);
    }

    int open() {
        return made.get() - closed.get();
    }

    void assertAllReleased() {
        assertThat(open()).as("pages made but not closed").isZero();
        assertThat(readAfterClose.get()).as("reads after close").isZero();
    }

    private final class Counted implements Page {

        private final AbstractPage page;
        private volatile boolean over;

        Counted(long from, int size) {
            this.page = new Numbers(from, size);
        }

        @Override
        public Columns columns() {
            return COLUMNS;
        }

        @Override
        public int size() {
            return page.size();
        }

        @Override
        public RowView row(int index) {
            if (over) {
                readAfterClose.incrementAndGet();
            }
            return page.row(index);
        }

        @Override
        public void close() {
            if (!over) {
                over = true;
                closed.incrementAndGet();
                page.close();
            }
        }
    }

    private static final class Numbers extends AbstractPage {

        private final long from;

        Numbers(long from, int size) {
            super(SHAPE, size);
            this.from = from;
        }

        @Override
        protected AbstractRow newView() {
            return new AbstractRow(SHAPE) {

                @Override
                protected boolean isNullAt(int column) {
                    return column == 1 && (from + index()) % 10 == 9;
                }

                @Override
                protected long longAt(int column) {
                    return from + index();
                }

                @Override
                protected ByteBuffer bytesAt(int column) {
                    return StandardCharsets.UTF_8.encode("row " + (from + index()));
                }
            };
        }

        @Override
        protected void release() {}
    }
}
