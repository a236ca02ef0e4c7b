package io.weir.checks.planted.kit.testkit;

import io.weir.checks.planted.kit.core.Core;

/** Planted: a test kit that knows it. */
final class Kit {
    Class<?> ours = Core.class;
}
