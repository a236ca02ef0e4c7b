package io.weir.checks.planted.systems.other;

/** Planted: another system. */
public final class Other {}
