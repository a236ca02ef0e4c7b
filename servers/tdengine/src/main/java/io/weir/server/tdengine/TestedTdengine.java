package io.weir.server.tdengine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What tests run against that make sense on any TDengine: the server that the environment variable {@code WEIR_TDENGINE_URL}
 * names, or else a stand-in of their own. Whatever these tests need of a server they ask for here, so that one variable moves
 * all of them.
 *
 * <p>On a server that was named, tests keep apart by databases of their own, which they drop. Tests that need what only the
 * stand-in has (its manners, its clock, its counters, made-up rows) start a {@link TdengineStandIn}, and their classes are
 * called {@code …StandInTest}: by that name the end of {@code ./dev test} counts them.
 */
public final class TestedTdengine implements AutoCloseable {

    private static final String VARIABLE = "WEIR_TDENGINE_URL";
    private static final int PORT = 6041;
    private static final @Nullable URI NAMED = named();

    private final @Nullable TdengineStandIn standIn;
    private final URI address;

    private TestedTdengine(@Nullable TdengineStandIn standIn, URI address) {
        this.standIn = standIn;
        this.address = address;
    }

    /** The server that is named, or else a stand-in as it comes. */
    public static TestedTdengine start() {
        return start(TdengineServerOptions.defaults());
    }

    /** The server that is named, or else a stand-in with these options. */
    public static TestedTdengine start(TdengineServerOptions options) {
        if (NAMED != null) {
            return new TestedTdengine(null, NAMED);
        }
        return standIn(options);
    }

    /** A stand-in, whatever server is named: for tests that need it to be one. */
    public static TestedTdengine standIn(TdengineServerOptions options) {
        TdengineStandIn started = TdengineStandIn.start(options);
        return new TestedTdengine(started, address(started.url()));
    }

    /** Whether it is ours: then figures and documents are about it. */
    public boolean isStandIn() {
        return standIn != null;
    }

    /** The stand-in, for what only it can do; ask {@link #isStandIn} first. */
    public TdengineStandIn standIn() {
        return Objects.requireNonNull(standIn, "This server was named by " + VARIABLE);
    }

    public String host() {
        return address.getHost();
    }

    public int port() {
        return address.getPort() < 0 ? PORT : address.getPort();
    }

    public String user() {
        return login()[0];
    }

    public String password() {
        return login()[1];
    }

    private String[] login() {
        String given = Objects.requireNonNullElse(address.getUserInfo(), "root:taosdata");
        int colon = given.indexOf(':');
        return colon < 0
                ? new String[] {given, "taosdata"}
                : new String[] {given.substring(0, colon), given.substring(colon + 1)};
    }

    /**
     * A URL.
     *
     * @param way how it begins, such as {@code tdengine:rest} or {@code r2dbc:tdengine}
     * @param database empty for none
     */
    public String url(String way, String database) {
        return url(way, user(), password(), host(), port(), database);
    }

    /** The same for another login, or for what stands in front of the server. */
    public String url(String way, String user, String password, String atHost, int atPort, String database) {
        String query = address.getRawQuery();
        return way + "://" + user + ":" + password + "@" + atHost + ":" + atPort + "/" + database
                + (query == null ? "" : "?" + query);
    }

    /** A URL with options more, such as {@code zone=UTC&sharing=off}. */
    public static String with(String url, String options) {
        return options.isEmpty() ? url : url + (url.indexOf('?') < 0 ? '?' : '&') + options;
    }

    /** Ends the stand-in; a server that was named stays. */
    @Override
    public void close() {
        if (standIn != null) {
            standIn.close();
        }
    }

    private static @Nullable URI named() {
        String given = System.getenv(VARIABLE);
        if (given == null) {
            return null;
        }
        URI address = address(given);
        if (address.getHost() == null) {
            throw new IllegalStateException(
                    VARIABLE + " must look like r2dbc:tdengine://user:password@host:6041, with one host");
        }
        note("named by " + VARIABLE + ", at " + address.getHost() + ":" + address.getPort());
        return address;
    }

    /** What stands behind the system; TLS becomes an option, so that it holds for every way. */
    private static URI address(String url) {
        boolean secure = url.startsWith("r2dbcs:") || url.startsWith("tdengines:");
        int slashes = Math.max(0, url.indexOf("://"));
        return URI.create("tdengine" + with(url.substring(slashes), secure ? "ssl=true" : ""));
    }

    /** For the end of {@code ./dev test}. */
    private static void note(String line) {
        @Nullable String root = System.getProperty("weir.root");
        if (root == null) {
            return;
        }
        try {
            Files.writeString(
                    Files.createDirectories(Path.of(root, "target")).resolve("tested-tdengine.txt"),
                    line + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
