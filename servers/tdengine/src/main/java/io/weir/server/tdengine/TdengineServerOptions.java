package io.weir.server.tdengine;

import io.weir.server.tdengine.manner.Manner;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a stand-in is started. Immutable: each {@code with} method returns a changed copy.
 *
 * @param port where it listens on the loopback interface, 0 (the default) takes a free port
 * @param clock what {@code NOW}, Pings and idle limits go by, the system's unless told
 * @param manners habits that differ from the usual ones at the start; they can be changed later
 * @param tls with what it proves who it is and then speaks TLS alone; null, the default, for plain sockets
 */
public record TdengineServerOptions(
        int port,
        InstantSource clock,
        Map<Manner, String> manners,
        @Nullable SSLContext tls) {

    public TdengineServerOptions {
        manners = Map.copyOf(manners);
    }

    /** A server as it was seen: 3.3.8.1, user root with taosdata. */
    public static TdengineServerOptions defaults() {
        return new TdengineServerOptions(0, InstantSource.system(), Map.of(), null);
    }

    public TdengineServerOptions withPort(int fixed) {
        return new TdengineServerOptions(fixed, clock, manners, tls);
    }

    /** A clock that a test moves; {@link TdengineStandIn#keepAlive} then looks at it at once. */
    public TdengineServerOptions withClock(InstantSource source) {
        return new TdengineServerOptions(port, source, manners, tls);
    }

    public TdengineServerOptions with(Manner manner, Object value) {
        Map<Manner, String> more = new EnumMap<>(Manner.class);
        more.putAll(manners);
        more.put(manner, value.toString());
        return new TdengineServerOptions(port, clock, more, tls);
    }

    /** As an adapter with a certificate of its own, or behind a proxy that has one. */
    public TdengineServerOptions withTls(SSLContext context) {
        return new TdengineServerOptions(port, clock, manners, context);
    }

    /** For instance 3.4.1.13, from which on action 11 is known. */
    public TdengineServerOptions withVersion(String version) {
        return with(Manner.VERSION, version);
    }
}
