package io.weir.testkit;

/** How a connection ends under the client's hands. */
public enum Cut {
    /** In order, as when a server's process ends. */
    FIN,
    /** With a reset, as when a server's machine has forgotten the connection. */
    RST
}
