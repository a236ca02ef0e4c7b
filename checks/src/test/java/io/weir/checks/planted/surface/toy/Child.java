package io.weir.checks.planted.surface.toy;

import io.weir.checks.planted.surface.toy.session.Conversation;

/** Planted: shows an internal type as its parent. */
public final class Child extends Conversation {}
