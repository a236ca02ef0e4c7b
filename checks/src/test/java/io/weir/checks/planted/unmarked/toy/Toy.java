package io.weir.checks.planted.unmarked.toy;

/** Planted: nobody says what may be null here. */
final class Toy {}
