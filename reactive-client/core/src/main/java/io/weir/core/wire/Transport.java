package io.weir.core.wire;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.SslMode;
import io.weir.core.TlsSettings;
import io.weir.core.WeirException;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider;
import reactor.netty.tcp.TcpClient;

/** Sockets as we want them. */
public final class Transport {

    /** After the first probe of an idle socket. */
    private static final int PROBE_INTERVAL_SECONDS = 10;

    private static final int PROBES = 3;

    private final SocketSettings settings;
    private volatile @Nullable Prepared prepared;

    /** TLS for connections, and the keys and trust that it is made with. */
    private record Prepared(SSLContext context, SslProvider ssl) {}

    public Transport(SocketSettings settings) {
        this.settings = settings;
    }

    /** The event loops: those given, or those that everybody shares. */
    public LoopResources loops() {
        LoopResources given = settings.loops();
        return given != null ? given : SharedLoops.get();
    }

    /**
     * How TLS is spoken on a new connection; null: it is not.
     *
     * @throws WeirException if its files have changed and can not be used as they are now
     */
    public @Nullable SslProvider ssl() {
        TlsSettings tls = settings.tls();
        if (tls == null) {
            return null;
        }
        SSLContext now = context(tls);
        Prepared known = prepared;
        if (known == null || known.context() != now) {
            known = new Prepared(now, ssl(now, tls.mode(), settings.connectTimeout()));
            prepared = known;
        }
        return known.ssl();
    }

    private SSLContext context(TlsSettings tls) {
        try {
            return tls.context();
        } catch (IllegalArgumentException e) {
            // No host is to blame, and none of them would do better.
            throw WeirException.of(
                            ErrorKind.BAD_REQUEST,
                            "The files for TLS have changed, and there are no new connections until they are right: "
                                    + e.getMessage())
                    .system(settings.system())
                    .sent(WeirException.Sent.NO)
                    .cause(e)
                    .build();
        }
    }

    TcpClient client(Endpoint endpoint, Duration limit) {
        TcpClient tcp = TcpClient.newConnection()
                .runOn(loops())
                .host(endpoint.host())
                .port(endpoint.port())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_RCVBUF, settings.receiveBuffer())
                // One clock decides, that of the attempt; the socket's own limit only has to stay out of its way.
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, limit.isZero() ? 0 : millis(limit.plusSeconds(1)));
        tcp = keepAlive(tcp);
        SslProvider ssl = ssl();
        return ssl == null ? tcp : tcp.secure(ssl);
    }

    private TcpClient keepAlive(TcpClient tcp) {
        Duration idle = settings.keepAlive();
        TcpClient kept = tcp.option(ChannelOption.SO_KEEPALIVE, !idle.isZero());
        if (idle.isZero() || LoopResources.hasNativeSupport() || !KernelTimes.SETTABLE) {
            return kept;
        }
        return kept.option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), (int) Math.max(1, idle.toSeconds()))
                .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), PROBE_INTERVAL_SECONDS)
                .option(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), PROBES);
    }

    private static SslProvider ssl(SSLContext keysAndTrust, SslMode mode, Duration limit) {
        SslContext context = new JdkSslContext(
                keysAndTrust,
                true,
                null,
                IdentityCipherSuiteFilter.INSTANCE,
                ApplicationProtocolConfig.DISABLED,
                ClientAuth.NONE,
                null,
                false);
        String identification = mode == SslMode.VERIFY_FULL ? "HTTPS" : null;
        return SslProvider.builder()
                .sslContext(context)
                .handshakeTimeout(limit.isZero() ? Duration.ZERO : limit.plusSeconds(1))
                .handlerConfigurator(handler -> {
                    SSLParameters parameters = handler.engine().getSSLParameters();
                    parameters.setEndpointIdentificationAlgorithm(identification);
                    handler.engine().setSSLParameters(parameters);
                })
                .build();
    }

    private static int millis(Duration d) {
        return (int) Math.min(Integer.MAX_VALUE, d.toMillis());
    }

    /** Found out with a socket, once, and not before the first connection. */
    private static final class KernelTimes {
        static final boolean SETTABLE = settable();

        private static boolean settable() {
            try (SocketChannel probe = SocketChannel.open()) {
                Set<SocketOption<?>> options = probe.supportedOptions();
                return options.contains(ExtendedSocketOptions.TCP_KEEPIDLE)
                        && options.contains(StandardSocketOptions.SO_KEEPALIVE);
            } catch (IOException noSocketAtAll) {
                return false;
            }
        }
    }
}
