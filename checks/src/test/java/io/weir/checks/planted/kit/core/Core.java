package io.weir.checks.planted.kit.core;

/** Planted: something of ours. */
public final class Core {}
