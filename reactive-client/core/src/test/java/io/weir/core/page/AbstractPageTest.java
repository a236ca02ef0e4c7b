package io.weir.core.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.Kind;
import io.weir.core.RowView;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;

class AbstractPageTest {

    private final FakePage.Ledger ledger = new FakePage.Ledger();

    @Test
    void theOneViewMovesFromRowToRow() {
        FakePage page = FakePage.counting(ledger, 10, 3);

        RowView first = page.row(0);
        assertThat(first.getLong(0)).isEqualTo(10);
        RowView last = page.row(2);

        assertThat(last).isSameAs(first);
        assertThat(first.getLong(0)).isEqualTo(12);
        page.close();
    }

    @Test
    void aRowThatDoesNotExistIsRefusedWithTheRange() {
        FakePage page = FakePage.counting(ledger, 0, 3);

        assertThatThrownBy(() -> page.row(3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("There is no row 3: this page has 3 (0 to 2)");
        assertThatThrownBy(() -> page.row(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> FakePage.counting(ledger, 0, 0).row(0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("There is no row 0: this page has 0");
    }

    @Test
    void closingTwiceReleasesOnce() {
        FakePage page = FakePage.counting(ledger, 0, 3);

        page.close();
        page.close();

        assertThat(ledger.released).hasValue(1);
        assertThat(page.size()).isEqualTo(3);
        assertThat(page.columns().size()).isEqualTo(1);
        assertThat(page).hasToString("closed page of 3 rows, columns " + page.columns());
    }

    @Test
    void everyReaderOfAClosedPageThrowsAndReadsNothing() {
        FakePage page = FakePage.counting(ledger, 0, 3);
        RowView row = page.row(0);
        page.close();

        assertClosed(() -> page.row(0));
        assertClosed(() -> row.isNull(0));
        assertClosed(() -> row.getLong(0));
        assertClosed(() -> row.getDouble(0));
        assertClosed(() -> row.getBoolean(0));
        assertClosed(() -> row.getString(0));
        assertClosed(() -> row.slice(0));
        assertClosed(() -> row.get(0));
        assertClosed(() -> row.get(7, Long.class));
        assertThat(ledger.readAfterRelease).hasValue(0);
    }

    @Test
    void aColumnThatDoesNotExistIsRefusedByEveryReader() {
        RowView row = FakePage.counting(ledger, 0, 1).row(0);

        for (int column : new int[] {-1, 1}) {
            assertNoColumn(() -> row.isNull(column));
            assertNoColumn(() -> row.getLong(column));
            assertNoColumn(() -> row.getDouble(column));
            assertNoColumn(() -> row.getBoolean(column));
            assertNoColumn(() -> row.getString(column));
            assertNoColumn(() -> row.slice(column));
            assertNoColumn(() -> row.get(column));
        }
    }

    @Test
    void nullIsNullForObjectsAndRefusedByPrimitiveReaders() {
        RowView row = new FakePage(
                        FakePage.shape(Kind.INT64, Kind.DOUBLE, Kind.BOOLEAN, Kind.TEXT),
                        ledger,
                        new Object[] {null, null, null, null})
                .row(0);

        assertThat(row.isNull(0)).isTrue();
        assertThat(row.get(0)).isNull();
        assertThat(row.get(0, Long.class)).isNull();
        assertThat(row.getString(3)).isNull();
        assertThat(row.getString(0)).isNull();
        assertThat(row.slice(3)).isNull();
        assertThatThrownBy(() -> row.getLong(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Column 0 'c0' (INT64) is null: ask isNull(0) first, or use get(0, Long.class)");
        assertThatThrownBy(() -> row.getDouble(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> row.getBoolean(2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aSliceIsAReadOnlyViewAndWhatGetYieldsIsTheCallersOwn() {
        byte[] stored = {1, 2, 3};
        FakePage page = new FakePage(FakePage.shape(Kind.BINARY), ledger, new Object[] {stored});
        RowView row = page.row(0);

        ByteBuffer slice = row.slice(0);
        ByteBuffer own = row.get(0, ByteBuffer.class);
        byte[] array = row.get(0, byte[].class);
        stored[0] = 9;
        page.close();

        assertThat(slice.get(0)).isEqualTo((byte) 9);
        assertThatThrownBy(() -> slice.put(0, (byte) 1)).isInstanceOf(ReadOnlyBufferException.class);
        assertThat(own).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(array).containsExactly(1, 2, 3);
    }

    @Test
    void onlyTextAndBinaryHaveASlice() {
        RowView row = FakePage.counting(ledger, 0, 1).row(0);

        assertThatThrownBy(() -> row.slice(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Column 0 'c0' (INT64) has no bytes to show: slice is for TEXT and BINARY");
    }

    private static void assertClosed(Runnable read) {
        assertThatThrownBy(read::run)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed")
                .hasMessageContaining("only inside the function");
    }

    private static void assertNoColumn(Runnable read) {
        assertThatThrownBy(read::run)
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("this result has 1 (0 to 0)");
    }
}
