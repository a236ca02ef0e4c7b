package io.weir.r2dbc;

import org.jspecify.annotations.Nullable;

/** What the SPI asks of arguments: a null is refused at the call, with an {@link IllegalArgumentException}. */
final class Arguments {

    private Arguments() {}

    static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " must not be null");
        }
        return value;
    }
}
