package io.weir.core.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.weir.core.Column;
import io.weir.core.Columns;
import io.weir.core.Kind;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A page over Java objects that counts what happens to it: its raw readers notice a read after the release. */
final class FakePage extends AbstractPage {

    /** What happened to all pages of one test. */
    static final class Ledger {
        final AtomicInteger made = new AtomicInteger();
        final AtomicInteger released = new AtomicInteger();
        final AtomicInteger releasedTwice = new AtomicInteger();
        final AtomicInteger readAfterRelease = new AtomicInteger();

        int open() {
            return made.get() - released.get();
        }
    }

    private final PageShape shape;
    private final Object[][] rows;
    private final Ledger ledger;
    private volatile boolean gone;

    FakePage(PageShape shape, Ledger ledger, Object[]... rows) {
        super(shape, rows.length);
        this.shape = shape;
        this.rows = rows;
        this.ledger = ledger;
        ledger.made.incrementAndGet();
    }

    /** A page of one INT64 column named n, counting up. */
    static FakePage counting(Ledger ledger, long first, int size) {
        Object[][] rows = new Object[size][];
        for (int i = 0; i < size; i++) {
            rows[i] = new Object[] {first + i};
        }
        return new FakePage(shape(Kind.INT64), ledger, rows);
    }

    /** A page of one row and one column. */
    static FakePage of(Kind kind, @Nullable Object value, ChronoUnit unit, String zone) {
        return new FakePage(shape(unit, zone, kind), new Ledger(), new Object[] {value});
    }

    static PageShape shape(Kind... kinds) {
        return shape(ChronoUnit.MILLIS, "Z", kinds);
    }

    static PageShape shape(ChronoUnit unit, String zone, Kind... kinds) {
        List<Column> columns = new ArrayList<>();
        for (Kind kind : kinds) {
            columns.add(new Column("c" + columns.size(), kind, kind.name()));
        }
        return PageShape.of(Columns.of(columns), unit, ZoneId.of(zone));
    }

    @Override
    protected AbstractRow newView() {
        return new Row();
    }

    @Override
    protected void release() {
        if (gone) {
            ledger.releasedTwice.incrementAndGet();
        }
        gone = true;
        ledger.released.incrementAndGet();
    }

    private final class Row extends AbstractRow {

        Row() {
            super(shape);
        }

        private Object raw(int column) {
            Object stored = stored(column);
            return stored instanceof Supplier<?> late ? late.get() : stored;
        }

        private Object stored(int column) {
            if (gone) {
                ledger.readAfterRelease.incrementAndGet();
                throw new AssertionError("read after release");
            }
            return rows[index()][column];
        }

        @Override
        protected boolean isNullAt(int column) {
            return stored(column) == null;
        }

        @Override
        protected long longAt(int column) {
            return ((Number) raw(column)).longValue();
        }

        @Override
        protected double doubleAt(int column) {
            return ((Number) raw(column)).doubleValue();
        }

        @Override
        protected boolean booleanAt(int column) {
            return (Boolean) raw(column);
        }

        @Override
        protected ByteBuffer bytesAt(int column) {
            return raw(column) instanceof String text ? UTF_8.encode(text) : ByteBuffer.wrap((byte[]) raw(column));
        }

        @Override
        protected BigDecimal decimalAt(int column) {
            return (BigDecimal) raw(column);
        }

        @Override
        protected LocalDate dateAt(int column) {
            return (LocalDate) raw(column);
        }

        @Override
        protected LocalTime timeAt(int column) {
            return (LocalTime) raw(column);
        }

        @Override
        protected LocalDateTime dateTimeAt(int column) {
            return (LocalDateTime) raw(column);
        }
    }
}
