package io.weir.checks.planted.meters.core;

import io.micrometer.core.instrument.MeterRegistry;

/** Planted: needs Micrometer outside of room metrics. */
final class Core {
    Class<?> meters = MeterRegistry.class;
}
