package io.weir.core;

/** How much a client insists on TLS and on the name behind it. */
public enum SslMode {
    /** No TLS. */
    DISABLE,
    /** TLS, whoever answers: protects against listeners, not against impostors. */
    REQUIRE,
    /** TLS, and the certificate comes from an authority that we trust. */
    VERIFY_CA,
    /** As {@link #VERIFY_CA}, and the certificate names the host that was asked for. */
    VERIFY_FULL
}
