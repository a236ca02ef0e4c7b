package io.weir.core.wire;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Why there is no connection, and what to check. */
public final class ConnectErrors {

    private final SocketSettings settings;

    public ConnectErrors(SocketSettings settings) {
        this.settings = settings;
    }

    WeirException timeout(Endpoint endpoint, Duration limit, Attempt.Stage stage) {
        String why = switch (stage) {
            case RESOLVING -> "the name was not resolved. Check the host's spelling and this machine's DNS";
            case TCP ->
                "the host did not answer at all. Check the address, and whether a firewall drops what is sent"
                        + " to this port";
            case TLS ->
                "TCP was connected, but the TLS handshake was not answered. Check whether this port speaks TLS"
                        + " (sslMode=disable if not)";
            case LOGIN ->
                "TCP was connected, but the login was not answered. Check whether this is a "
                        + settings.system() + " port" + (settings.tls() == null ? " and does not expect TLS" : "")
                        + ", and the server's load";
        };
        return build(
                ErrorKind.TIMEOUT,
                endpoint,
                "No connection to " + endpoint + " within " + LossReport.human(limit.toNanos()) + ": " + why + ".",
                null);
    }

    /** What to tell about a connect that failed so. */
    public WeirException explain(Endpoint endpoint, Throwable t) {
        if (t instanceof WeirException w) {
            return login(endpoint, w);
        }
        String reason = reason(endpoint, t);
        ErrorKind kind = find(t, ConnectTimeoutException.class) != null ? ErrorKind.TIMEOUT : ErrorKind.CONNECT;
        return build(kind, endpoint, reason, t);
    }

    /** What the login said; a wire that broke during it means that there is no such server here. */
    private WeirException login(Endpoint endpoint, WeirException e) {
        if (e.kind() != ErrorKind.CLOSED && e.kind() != ErrorKind.PROTOCOL) {
            return e.endpoint() == null
                    ? e.toBuilder().endpoint(endpoint.toString()).build()
                    : e;
        }
        Throwable tls = find(e, SSLException.class);
        if (tls != null) {
            return build(ErrorKind.CONNECT, endpoint, tls(endpoint, tls), e);
        }
        String advice = e.kind() == ErrorKind.CLOSED
                ? " The server accepted the connection and closed it during login: check whether this is a "
                        + settings.system() + " port"
                        + (settings.tls() == null ? ", whether it expects TLS (sslMode)" : "")
                        + ", and the server's limit of connections."
                : "";
        return build(
                ErrorKind.CONNECT, endpoint, "Could not log in at " + endpoint + ". " + e.getMessage() + advice, e);
    }

    private String reason(Endpoint endpoint, Throwable t) {
        if (find(t, UnknownHostException.class) != null) {
            return "The host name of " + endpoint + " is unknown. Check its spelling and this machine's DNS.";
        }
        Throwable ssl = find(t, SSLException.class);
        if (ssl != null) {
            return tls(endpoint, ssl);
        }
        if (find(t, ConnectTimeoutException.class) != null) {
            return endpoint
                    + " did not answer. Check the address, and whether a firewall drops what is sent to this port.";
        }
        if (find(t, ConnectException.class) != null) {
            return endpoint
                    + " refused the connection. Check whether the server runs and listens on this port, the address,"
                    + " and the firewall.";
        }
        if (settings.tls() != null && wasCut(t)) {
            return endpoint
                    + " accepted the connection and closed it during the TLS handshake. Check whether this port speaks"
                    + " TLS (sslMode=disable if not), and the server's log.";
        }
        return "Could not connect to " + endpoint + ": " + t;
    }

    /** Whether a connection that was there has ended. */
    private static boolean wasCut(Throwable t) {
        SocketException socket = find(t, SocketException.class);
        return find(t, ClosedChannelException.class) != null
                || (socket != null && String.valueOf(socket.getMessage()).contains("reset"));
    }

    private static String tls(Endpoint endpoint, Throwable ssl) {
        if (find(ssl, NotSslRecordException.class) != null) {
            return endpoint + " does not speak TLS on this port. Use sslMode=disable, or the port that does.";
        }
        String said = String.valueOf(deepest(ssl).getMessage());
        if (find(ssl, CertPathBuilderException.class) != null) {
            return "The certificate of " + endpoint
                    + " comes from no authority that is trusted here. Add its authority with"
                    + " sslRootCert or trustStore. (" + said + ")";
        }
        if (said.contains("name matching") || said.contains("subject alternative") || said.contains("No name")) {
            return "The certificate of " + endpoint + " is for another host. Connect by the name that it holds, or use"
                    + " sslMode=verify-ca. (" + said + ")";
        }
        if (find(ssl, CertificateException.class) != null) {
            return "The certificate of " + endpoint + " is not valid. (" + said + ")";
        }
        if (said.contains("bad_certificate")
                || said.contains("certificate_required")
                || said.contains("certificate_unknown")
                || said.contains("handshake_failure")) {
            return endpoint
                    + " refused our side of the TLS handshake: it may want a client certificate (keyStore, or sslCert"
                    + " and sslKey), or another one. (" + said + ")";
        }
        return "TLS with " + endpoint + " failed: " + said;
    }

    private WeirException build(ErrorKind kind, Endpoint endpoint, String text, @Nullable Throwable cause) {
        return WeirException.of(kind, text)
                .system(settings.system())
                .endpoint(endpoint.toString())
                .sent(Sent.NO)
                .cause(cause)
                .build();
    }

    private static <T extends Throwable> @Nullable T find(Throwable t, Class<T> type) {
        Throwable x = t;
        for (int depth = 0; x != null && depth < 20; depth++) {
            if (type.isInstance(x)) {
                return type.cast(x);
            }
            x = x.getCause();
        }
        return null;
    }

    private static Throwable deepest(Throwable t) {
        Throwable x = t;
        for (Throwable next = t.getCause(); next != null && next != x; next = next.getCause()) {
            x = next;
        }
        return x;
    }
}
