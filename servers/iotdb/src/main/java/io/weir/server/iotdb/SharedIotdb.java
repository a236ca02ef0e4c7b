package io.weir.server.iotdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;

/**
 * The one server that all tests of a JVM share: started at first use, ended with the JVM.
 *
 * <p>Where the environment variable {@code WEIR_IOTDB_URL} names a server, that one is used and none is started. Tests
 * keep apart by databases of their own, and do not restart or kill it: who wants that starts an {@link IotdbServer}.
 */
public final class SharedIotdb {

    private static final String VARIABLE = "WEIR_IOTDB_URL";

    private SharedIotdb() {}

    /** For instance {@code r2dbc:iotdb://root:root@127.0.0.1:6667}. */
    public static String url() {
        return Holder.URL;
    }

    public static String host() {
        return address().getHost();
    }

    public static int port() {
        return address().getPort();
    }

    private static URI address() {
        return URI.create(url().substring(url().indexOf(':') + 1));
    }

    /** Its initialisation by the class loader is the lock that lets one thread start the server. */
    private static final class Holder {
        static final String URL = find();

        private static String find() {
            String given = System.getenv(VARIABLE);
            return given == null ? IotdbServer.start().url() : check(given);
        }

        private static String check(String given) {
            URI address = URI.create(given.substring(given.indexOf(':') + 1));
            if (address.getHost() == null || address.getPort() < 0) {
                throw new IllegalStateException(
                        VARIABLE + " must look like r2dbc:iotdb://user:password@host:port, with host and port.");
            }
            try {
                Ping.accepts(address.getHost(), address.getPort());
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "Nothing answers on " + address.getHost() + ":" + address.getPort() + ", which " + VARIABLE
                                + " names.",
                        e);
            }
            RealServers.started("IoTDB given by " + VARIABLE);
            return given;
        }
    }
}
