package io.weir.server.tdengine.block;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that travel together: at most one block of a result. */
public interface Batch {

    int size();

    /** Values of one row: Boolean, Long, BigInteger (BIGINT UNSIGNED), Float, Double, BigDecimal, String, byte[] or null. */
    @Nullable Object[] row(int index);

    byte[] encode(BlockFormat format);

    static Batch of(List<Column> columns, List<@Nullable Object[]> rows) {
        return new Batch() {
            @Override
            public int size() {
                return rows.size();
            }

            @Override
            public @Nullable Object[] row(int index) {
                return rows.get(index);
            }

            @Override
            public byte[] encode(BlockFormat format) {
                return BlockWriter.encode(columns, rows, format);
            }
        };
    }
}
