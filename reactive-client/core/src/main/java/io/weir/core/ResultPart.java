package io.weir.core;

/**
 * One piece of what a statement answers, in the order in which it arrived: pages of rows, a count of changed rows, an
 * error, and the mark that ends one result and lets the next begin.
 */
public sealed interface ResultPart permits Page, ResultPart.Count, ResultPart.Failure, ResultPart.End {

    /**
     * How many rows a statement changed. Only where the number is known; a store that does not tell yields no count.
     *
     * @param rows zero or more
     */
    record Count(long rows) implements ResultPart {}

    /**
     * The store refused this statement. It is a part and not an error signal, because results that follow (a batch) may
     * still be good.
     */
    record Failure(WeirException error) implements ResultPart {}

    /** The end of one result. */
    enum End implements ResultPart {
        INSTANCE
    }
}
