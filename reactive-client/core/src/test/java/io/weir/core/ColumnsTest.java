package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    private final Columns columns = Columns.of(List.of(
            new Column("Time", Kind.TIMESTAMP, "TIMESTAMP"),
            new Column("a", Kind.INT32, "INT32"),
            new Column("A", Kind.TEXT, "TEXT")));

    @Test
    void labelsAreFoundWhateverTheirCaseAndTheFirstWins() {
        assertThat(columns.indexOf("TIME")).isZero();
        assertThat(columns.indexOf("A")).isEqualTo(1);
        assertThat(columns.indexOf("Time")).isZero();
        assertThat(columns.contains("tImE")).isTrue();
        assertThat(columns.contains("b")).isFalse();
    }

    @Test
    void anUnknownLabelNamesThoseThatExist() {
        assertThatThrownBy(() -> columns.indexOf("b"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("'b'")
                .hasMessageContaining("[Time, a, A]");
    }

    @Test
    void anUnknownPositionSaysHowManyThereAre() {
        assertThatThrownBy(() -> columns.get(3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("column 3")
                .hasMessageContaining("3 (0 to 2)");
    }

    @Test
    void aResultWithoutColumnsSaysSo() {
        assertThatThrownBy(() -> Columns.of(List.of()).get(0))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("There is no column 0: this result has 0");
    }

    @Test
    void laterChangesOfTheGivenListChangeNothing() {
        List<Column> given = new ArrayList<>(columns.asList());
        Columns made = Columns.of(given);
        given.clear();

        assertThat(made.size()).isEqualTo(3);
        assertThat(made).hasToString(columns.toString());
        assertThatThrownBy(() -> made.asList().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
