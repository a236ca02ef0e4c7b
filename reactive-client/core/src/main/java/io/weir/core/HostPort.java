package io.weir.core;

import io.netty.util.NetUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One host as a user wrote it: the port may be missing.
 *
 * @param host a name or an address; IPv6 without brackets
 * @param port 1 to 65535; null where the option {@code port} or the system's own port is meant
 */
public record HostPort(String host, @Nullable Integer port) {

    static final String POSSIBLE =
            "hosts separated by commas, each with a port from 1 to 65535 or none, IPv6 in brackets: h1:6667,[::1]:6667,h3";

    /**
     * Checks both parts.
     *
     * @throws IllegalArgumentException if one is not possible; its text repeats neither
     */
    public HostPort {
        if (!isHost(host) || (port != null && !isPort(port))) {
            throw new IllegalArgumentException("A host is a name or an address, and its port is 1 to 65535");
        }
    }

    /** As in a URL: {@code h1:6667}, {@code [::1]:6667}. */
    @Override
    public String toString() {
        String written = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == null ? written : written + ":" + port;
    }

    static String format(List<HostPort> hosts) {
        return hosts.stream().map(HostPort::toString).collect(Collectors.joining(","));
    }

    /**
     * Reads a list. Names may hold an underscore, which {@link java.net.URI} does not let through.
     *
     * @return null if any part is not {@code host}, {@code host:port}, {@code [ipv6]} or {@code [ipv6]:port}
     */
    static @Nullable List<HostPort> parseList(String text) {
        List<HostPort> hosts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            HostPort host = parse(part.strip());
            if (host == null) {
                return null;
            }
            hosts.add(host);
        }
        return List.copyOf(hosts);
    }

    private static @Nullable HostPort parse(String text) {
        if (isIpv6(text)) {
            return new HostPort(text, null);
        }
        int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        if (end == 0) {
            return null; // no name at all, or a bracket that nobody closes
        }
        String name = end < 0 ? text : text.substring(0, end);
        String host =
                name.startsWith("[") ? name.substring(1, name.length() - 1).replace("%25", "%") : name;
        if (name.startsWith("[") != isIpv6(host) || !isHost(host)) {
            return null;
        }
        String rest = end < 0 ? "" : text.substring(end);
        if (rest.isEmpty()) {
            return new HostPort(host, null);
        }
        Integer port = rest.startsWith(":") ? parsePort(rest.substring(1)) : null;
        return port == null ? null : new HostPort(host, port);
    }

    private static @Nullable Integer parsePort(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int port = digits ? Integer.parseInt(text) : 0;
        return isPort(port) ? port : null;
    }

    private static boolean isPort(int port) {
        return port >= 1 && port <= 65535;
    }

    private static boolean isHost(String host) {
        return isIpv6(host)
                || (!host.isEmpty()
                        && host.codePoints()
                                .allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.'));
    }

    private static boolean isIpv6(String text) {
        return text.indexOf(':') >= 0 && !text.startsWith("[") && NetUtil.isValidIpV6Address(text);
    }
}
