package io.weir.r2dbc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one execution, by parameter.
 *
 * @param values one per parameter: a value of a type that the session takes, or a typed null
 */
public record Binding(List<Value> values) {

    /**
     * One value.
     *
     * @param value null for a null
     * @param type the Java type that was bound, also of a null
     */
    public record Value(@Nullable Object value, Class<?> type) {}
}
