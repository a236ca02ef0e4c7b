package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.Blob;
import io.r2dbc.spi.Clob;
import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Nullability;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.RowMetadata;
import io.weir.core.Kind;
import io.weir.core.ResultPart.End;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** The rules of the SPI for rows and their metadata: R6 to R8, large values. */
class RowTest {

    private final PageLedger pages = new PageLedger();

    @AfterEach
    void everyPageIsReleased() {
        pages.assertAllReleased();
    }

    private void inRow(long number, Consumer<Row> check) {
        Boolean checked = ofRow(number, row -> {
            check.accept(row);
            return true;
        });
        assertThat(checked).isTrue();
    }

    private <T> T ofRow(long number, java.util.function.Function<Row, T> function) {
        FakeSession session = new FakeSession().answering(pages.page(number, 1), End.INSTANCE);
        return session.connection()
                .createStatement("SELECT")
                .execute()
                .concatMap(result -> result.map((row, metadata) -> function.apply(row)))
                .blockLast();
    }

    @Test
    void r6ValuesAreFoundByIndexAndByNameWhateverItsCaseAndTheFirstWins() {
        inRow(8, row -> {
            assertThat(row.get(0)).isEqualTo(8L);
            assertThat(row.get("n")).isEqualTo(8L);
            assertThat(row.get("N")).isEqualTo(8L);
            assertThat(row.get("TEXT", String.class)).isEqualTo("row 8");
            assertThat(row.get(3)).isEqualTo(8);
        });
    }

    @Test
    void r6AWrongIndexOrNameSaysWhatThereIs() {
        inRow(8, row -> {
            for (int index : new int[] {-1, 4}) {
                assertThatThrownBy(() -> row.get(index))
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessageContaining("0 to 3");
                assertThatThrownBy(() -> row.get(index, String.class)).isInstanceOf(IndexOutOfBoundsException.class);
                assertThatThrownBy(() -> row.getMetadata().getColumnMetadata(index))
                        .isInstanceOf(IndexOutOfBoundsException.class);
            }
            assertThatThrownBy(() -> row.get("m"))
                    .isInstanceOf(NoSuchElementException.class)
                    .hasMessageContaining("[n, Text, raw, N]");
            assertThatThrownBy(() -> row.get("m", String.class)).isInstanceOf(NoSuchElementException.class);
            assertThatThrownBy(() -> row.getMetadata().getColumnMetadata("m"))
                    .isInstanceOf(NoSuchElementException.class);
        });
    }

    @Test
    void r6NullsAreRefusedAtTheCall() {
        inRow(8, row -> {
            assertThatThrownBy(() -> row.get((String) null)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> row.get(0, null)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> row.get("n", null)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> row.getMetadata().getColumnMetadata(null))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> row.getMetadata().contains(null)).isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void r7TheDefaultTypeIsThatOfTheColumnAndOthersAreConverted() {
        inRow(8, row -> {
            assertThat(row.get(0, Object.class)).isEqualTo(8L);
            assertThat(row.get(0, Integer.class)).isEqualTo(8);
            assertThat(row.get(0, String.class)).isEqualTo("8");
            assertThat(row.get(2)).isEqualTo(ByteBuffer.wrap("row 8".getBytes(StandardCharsets.UTF_8)));
        });
    }

    @Test
    void r7ATypeThatAColumnCanNotBecomeIsAnIllegalArgument() {
        inRow(
                8,
                row -> assertThatThrownBy(() -> row.get(0, Thread.class)).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void aNullIsNullInEveryType() {
        inRow(9, row -> {
            assertThat(row.get("text")).isNull();
            assertThat(row.get("text", String.class)).isNull();
            assertThat(row.get("text", Clob.class)).isNull();
            assertThat(row.get("text", Blob.class)).isNull();
        });
    }

    @Test
    void r8MetadataKeepsOrderAndCaseAndOutlivesItsRow() {
        RowMetadata metadata = ofRow(8, Row::getMetadata);

        assertThat(metadata.getColumnMetadatas())
                .extracting(ColumnMetadata::getName)
                .isEqualTo(List.of("n", "Text", "raw", "N"));
        assertThat(metadata.contains("TEXT")).isTrue();
        assertThat(metadata.contains("m")).isFalse();
        ColumnMetadata column = metadata.getColumnMetadata("n");
        assertThat(column.getType()).isEqualTo(R2dbcType.BIGINT);
        assertThat(column.getJavaType()).isEqualTo(Long.class);
        assertThat(column.getNativeTypeMetadata()).isEqualTo("LONG");
        assertThat(column.getNullability()).isEqualTo(Nullability.UNKNOWN);
        assertThat(column.getPrecision()).isNull();
        assertThat(column.getScale()).isNull();
        assertThat(metadata.getColumnMetadata(3).getType()).isEqualTo(R2dbcType.INTEGER);
        assertThat(metadata).hasToString(PageLedger.COLUMNS.toString());
    }

    @Test
    void r8MetadataIsMadeOncePerResult() {
        FakeSession session = new FakeSession().answering(pages.page(0, 2), pages.page(2, 2), End.INSTANCE);

        List<RowMetadata> seen = session.connection()
                .createStatement("SELECT")
                .execute()
                .concatMap(result -> result.map((row, metadata) -> metadata))
                .collectList()
                .block();

        assertThat(seen).hasSize(4).allMatch(metadata -> metadata == seen.get(0));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void r8TheSpiTypeOfAKindHasTheSameJavaType(Kind kind) {
        R2dbcType type = WeirRowMetadata.type(kind);

        // The specification leaves it open for REAL: R2dbcType says Float, as we do.
        assertThat(type.getJavaType()).isEqualTo(kind.javaType());
    }

    @Test
    void aBlobSurvivesItsRowAndIsStreamedOnce() {
        Blob blob = ofRow(8, row -> row.get("raw", Blob.class));

        StepVerifier.create(blob.stream())
                .expectNext(ByteBuffer.wrap("row 8".getBytes(StandardCharsets.UTF_8)))
                .verifyComplete();
        StepVerifier.create(blob.stream()).verifyError(IllegalStateException.class);
    }

    @Test
    void aClobSurvivesItsRowAndIsStreamedOnce() {
        Clob clob = ofRow(8, row -> row.get("text", Clob.class));

        StepVerifier.create(clob.stream()).expectNext("row 8").verifyComplete();
        StepVerifier.create(clob.stream()).verifyError(IllegalStateException.class);
    }

    @Test
    void aDiscardedLargeValueIsGoneAndDiscardingIsLazyAndMayBeRepeated() {
        Clob clob = ofRow(8, row -> row.get("text", Clob.class));
        Mono<Void> discard = Mono.from(clob.discard());

        StepVerifier.create(clob.discard()).verifyComplete();
        StepVerifier.create(discard).verifyComplete();
        StepVerifier.create(clob.stream()).verifyError(IllegalStateException.class);
    }
}
