package io.weir.core.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.Kind;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RowObjectTest {

    private final FakePage.Ledger ledger = new FakePage.Ledger();

    @Test
    void itShowsItsRowHoweverFarTheViewHasMovedOn() {
        FakePage page = FakePage.counting(ledger, 10, 3);
        RowObject first = new RowObject(page, 0);
        RowObject last = new RowObject(page, 2);

        assertThat(last.getLong(0)).isEqualTo(12);
        assertThat(first.getLong(0)).isEqualTo(10);
        assertThat(last.get(0)).isEqualTo(12L);
    }

    @Test
    void everyReaderOfTheViewIsThere() {
        FakePage page =
                new FakePage(FakePage.shape(Kind.BOOLEAN, Kind.DOUBLE, Kind.TEXT, Kind.INT64), ledger, new Object[] {
                    true, 1.5, "abc", null
                });
        RowObject row = new RowObject(page, 0);

        assertThat(row.columns()).isSameAs(page.columns());
        assertThat(row.getBoolean(0)).isTrue();
        assertThat(row.getDouble(1)).isEqualTo(1.5);
        assertThat(row.getString(2)).isEqualTo("abc");
        assertThat(row.slice(2)).isEqualTo(ByteBuffer.wrap(new byte[] {'a', 'b', 'c'}));
        assertThat(row.isNull(3)).isTrue();
        assertThat(row.get(1, Float.class)).isEqualTo(1.5f);
    }

    @Test
    void onceExpiredEveryReaderThrowsAndSaysWhy() {
        RowObject row = new RowObject(FakePage.counting(ledger, 0, 1), 0);
        assertThat(row).asString().startsWith("row 0 of page of 1 rows");
        row.expire();

        for (Runnable read : new Runnable[] {
            () -> row.isNull(0),
            () -> row.getLong(0),
            () -> row.getDouble(0),
            () -> row.getBoolean(0),
            () -> row.getString(0),
            () -> row.slice(0),
            () -> row.get(0)
        }) {
            assertThatThrownBy(read::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("This row is over")
                    .hasMessageContaining("take the values that you need out of it there");
        }
        assertThat(row).asString().startsWith("expired row 0");
    }

    @Test
    void onceThePageIsClosedItThrows() {
        FakePage page = FakePage.counting(ledger, 0, 1);
        RowObject row = new RowObject(page, 0);
        page.close();

        assertThatThrownBy(() -> row.getLong(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("page is closed");
    }

    @Test
    void aReadThatIsUnderWayEndsBeforeTheRowExpires() {
        AtomicReference<RowObject> row = new AtomicReference<>();
        AtomicReference<FakePage> page = new AtomicReference<>();
        Supplier<Object> slow = () -> {
            Thread closing = new Thread(() -> {
                row.get().expire();
                page.get().close();
            });
            closing.start();
            while (closing.getState() != Thread.State.BLOCKED && closing.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
            return ledger.released.get() == 0 ? 42L : -1L;
        };
        page.set(new FakePage(FakePage.shape(Kind.TEXT, Kind.INT64), ledger, new Object[] {"", slow}));
        row.set(new RowObject(page.get(), 0));

        assertThat(row.get().get(1, Long.class)).isEqualTo(42L);
    }
}
