package io.weir.r2dbc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of one execution, by parameter.
 *
 * @param values one per parameter: a value of one of {@link SessionTraits#bindTypes()}, or a typed null
 */
public record Binding(List<Value> values) {

    /** Of a statement without placeholders. */
    public static final Binding EMPTY = new Binding(List.of());

    public Binding {
        values = List.copyOf(values);
    }

    /**
     * One value.
     *
     * @param value null for a null
     * @param type the Java type that was bound, also of a null; {@code Object} for a null of no type
     */
    public record Value(@Nullable Object value, Class<?> type) {}
}
