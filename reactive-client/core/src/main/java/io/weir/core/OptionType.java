package io.weir.core;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** How values of one type are given, written back and described. Holds no state, and throws nothing: a value that is not possible is null. */
abstract class OptionType<T> {

    /** In one or two words, for the table of the docs. */
    abstract String label();

    /** What can be given, for the text of an error. */
    abstract String possible();

    /** The value that a text means; null if it means none. */
    abstract @Nullable T fromText(String text);

    /** The value that an object other than a text means; null if it means none. */
    abstract @Nullable T fromObject(Object given);

    /** A text that {@link #fromText} turns into an equal value. */
    String format(T value) {
        return value.toString();
    }

    /** The order by which a range is checked; null where there is none. */
    @Nullable Comparator<T> order() {
        return null;
    }
}
