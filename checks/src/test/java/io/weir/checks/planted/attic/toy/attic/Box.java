package io.weir.checks.planted.attic.toy.attic;

/** Planted: in a room that the architecture does not know. */
final class Box {}
