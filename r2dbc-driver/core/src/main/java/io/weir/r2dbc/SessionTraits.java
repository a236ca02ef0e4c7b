package io.weir.r2dbc;

/**
 * What a store is and can do.
 *
 * @param product the product's name, such as {@code Apache IoTDB}
 * @param version the server's version
 * @param savepoints whether {@link Transactions} has savepoints
 */
public record SessionTraits(String product, String version, boolean savepoints) {}
