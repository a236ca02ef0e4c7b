package io.weir.checks.planted.cycle.core;

import io.weir.checks.planted.cycle.core.page.Two;

/** Planted: knows a package that knows this one. */
public final class One {
    Two two = new Two();
}
