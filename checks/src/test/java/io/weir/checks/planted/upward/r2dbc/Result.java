package io.weir.checks.planted.upward.r2dbc;

/** Planted: what stands above core. */
public final class Result {}
