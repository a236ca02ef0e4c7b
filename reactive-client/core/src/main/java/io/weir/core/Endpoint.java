package io.weir.core;

import java.util.Objects;

/**
 * Where a server listens.
 *
 * @param host a name, an IPv4 or an IPv6 address; brackets around the latter are taken off
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {

    public Endpoint {
        Objects.requireNonNull(host, "host");
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        if (host.isBlank()) {
            throw new IllegalArgumentException("An endpoint needs a host, such as db.example.org or 127.0.0.1");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("Port " + port + " of host '" + host + "' is not between 1 and 65535");
        }
    }

    /** Host and port with a colon between them, an IPv6 address in brackets. */
    @Override
    public String toString() {
        return host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
