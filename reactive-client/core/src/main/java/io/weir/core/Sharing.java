package io.weir.core;

/** Whether statements of different callers travel on one connection. */
public enum Sharing {
    /** Those that leave the session as it was do; what changes it gets a connection of its own. */
    AUTO,
    /** Each has a connection to itself. */
    OFF
}
