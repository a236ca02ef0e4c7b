package io.weir.checks.planted.surface.toy.session;

/** Planted: internal. */
public class Conversation {}
