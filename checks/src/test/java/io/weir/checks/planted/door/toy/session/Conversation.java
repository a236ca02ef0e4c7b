package io.weir.checks.planted.door.toy.session;

/** Planted: an internal of a system. */
public final class Conversation {}
