package io.weir.checks.planted.rooms.toy;

/** Planted: the public root. */
public final class Toy {}
