package io.weir.core.page;

import io.weir.core.RowView;

/**
 * Makes a value of each row that it wants.
 *
 * @param <T> what is made
 */
@FunctionalInterface
public interface RowMapper<T> {

    /**
     * Makes a value; never null. What is thrown ends the stream with that error.
     *
     * @param row good until this method returns, unless the rows are released {@link PageRows.Release#LATE}
     */
    T map(RowView row);

    /**
     * Whether this row is to be mapped at all; by default every row is. A row that is left out costs no demand. What is
     * thrown ends the stream with that error.
     *
     * @param row the row that {@link #map} gets next
     */
    default boolean wants(RowView row) {
        return true;
    }
}
