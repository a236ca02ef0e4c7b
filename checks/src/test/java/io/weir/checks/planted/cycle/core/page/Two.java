package io.weir.checks.planted.cycle.core.page;

import io.weir.checks.planted.cycle.core.One;

/** Planted: the way back. */
public final class Two {
    Class<?> back = One.class;
}
