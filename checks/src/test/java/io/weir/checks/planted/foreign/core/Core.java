package io.weir.checks.planted.foreign.core;

import io.r2dbc.spi.Connection;

/** Planted: core that knows R2DBC. */
final class Core {
    Class<?> foreign = Connection.class;
}
