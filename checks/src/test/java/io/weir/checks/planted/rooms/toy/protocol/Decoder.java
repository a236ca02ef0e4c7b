package io.weir.checks.planted.rooms.toy.protocol;

import io.weir.checks.planted.rooms.toy.Toy;

/** Planted: an internal that knows the root. */
final class Decoder {
    Class<?> upwards = Toy.class;
}
