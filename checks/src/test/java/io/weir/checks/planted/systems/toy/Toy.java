package io.weir.checks.planted.systems.toy;

import io.weir.checks.planted.systems.other.Other;

/** Planted: knows another system. */
final class Toy {
    Class<?> sideways = Other.class;
}
