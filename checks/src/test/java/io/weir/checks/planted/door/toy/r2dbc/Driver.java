package io.weir.checks.planted.door.toy.r2dbc;

import io.weir.checks.planted.door.toy.session.Conversation;

/** Planted: a driver with a private door. */
final class Driver {
    Class<?> door = Conversation.class;
}
