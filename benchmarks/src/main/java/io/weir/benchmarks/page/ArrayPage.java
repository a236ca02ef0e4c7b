package io.weir.benchmarks.page;

import io.weir.core.Column;
import io.weir.core.Columns;
import io.weir.core.Kind;
import io.weir.core.page.AbstractPage;
import io.weir.core.page.AbstractRow;
import io.weir.core.page.PageShape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A page of a moment, a long, a double and a text; the arrays are shared by all pages, so that only pages are made. */
final class ArrayPage extends AbstractPage {

    static final int TIME = 0;
    static final int LONG = 1;
    static final int DOUBLE = 2;
    static final int TEXT = 3;

    private static final PageShape SHAPE = PageShape.of(
            Columns.of(List.of(
                    new Column("time", Kind.TIMESTAMP, "TIMESTAMP"),
                    new Column("l", Kind.INT64, "INT64"),
                    new Column("d", Kind.DOUBLE, "DOUBLE"),
                    new Column("t", Kind.TEXT, "TEXT"))),
            ChronoUnit.MILLIS,
            ZoneOffset.UTC);

    private final Data data;

    ArrayPage(Data data) {
        super(SHAPE, data.longs.length);
        this.data = data;
    }

    @Override
    protected AbstractRow newView() {
        return new Row(data);
    }

    @Override
    protected void release() {}

    /** What the pages show. */
    static final class Data {
        private final long[] longs;
        private final double[] doubles;
        private final byte[][] texts;

        Data(int rows) {
            longs = new long[rows];
            doubles = new double[rows];
            texts = new byte[rows][];
            for (int i = 0; i < rows; i++) {
                longs[i] = 1_700_000_000_000L + i;
                doubles[i] = i * 0.5;
                texts[i] = ("sensor-" + (1_000_000 + i)).getBytes(StandardCharsets.UTF_8);
            }
        }
    }

    private static final class Row extends AbstractRow {
        private final Data data;

        Row(Data data) {
            super(SHAPE);
            this.data = data;
        }

        @Override
        protected boolean isNullAt(int column) {
            return false;
        }

        @Override
        protected long longAt(int column) {
            return data.longs[index()];
        }

        @Override
        protected double doubleAt(int column) {
            return data.doubles[index()];
        }

        @Override
        protected ByteBuffer bytesAt(int column) {
            return ByteBuffer.wrap(data.texts[index()]);
        }

        @Override
        protected String textAt(int column) {
            return new String(data.texts[index()], StandardCharsets.UTF_8);
        }
    }
}
