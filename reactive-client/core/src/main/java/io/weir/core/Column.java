package io.weir.core;

/**
 * One column of a result.
 *
 * @param name the label, in the case in which the store sent it
 * @param kind what its values are
 * @param nativeType the store's own name of the type
 */
public record Column(String name, Kind kind, String nativeType) {}
