package io.weir.checks.planted.upward.core;

import io.weir.checks.planted.upward.r2dbc.Result;

/** Planted: core that looks up. */
final class Core {
    Class<?> upwards = Result.class;
}
