package io.weir.testkit.compliance;

/** Figures of the faults that the suite plays. */
public final class Faults {

    /** The socket buffers of the suite's proxies, in bytes: small, so that back-pressure is felt soon. */
    public static final int SOCKET_BUFFER = 32 * 1024;

    private Faults() {}
}
