package io.weir.r2dbc;

import java.util.Set;

/**
 * What a store is and can do. Known as soon as the session is there.
 *
 * @param product the product's name, such as {@code Apache IoTDB}
 * @param version the server's version
 * @param syntax how its SQL quotes and comments, so that placeholders are found
 * @param bindTypes the Java types of values that {@link DriverSession#run} takes; a value of a subtype is taken too. Where
 *     {@code ByteBuffer} is taken a {@code Blob} may be bound as well, where {@code String} is taken a {@code Clob}:
 *     both are collected before the session sees them
 * @param generatedValues whether generated values can be returned; if not, asking for them has no effect
 * @param savepoints whether {@link Transactions} has savepoints
 * @param insteadOfTransactions what works where there are no transactions, as a sentence for the refusal; empty if there
 *     are transactions
 */
public record SessionTraits(
        String product,
        String version,
        SqlSyntax syntax,
        Set<Class<?>> bindTypes,
        boolean generatedValues,
        boolean savepoints,
        String insteadOfTransactions) {

    public SessionTraits {
        bindTypes = Set.copyOf(bindTypes);
    }
}
