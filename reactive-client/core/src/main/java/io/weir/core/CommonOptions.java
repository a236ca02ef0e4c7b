package io.weir.core;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options that mean the same in every system that has them, and are therefore spelled the same. */
public final class CommonOptions {

    private static final Duration TICK = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);

    public static final OptionKey<List<HostPort>> HOST = OptionKey.hosts(
            "host", "Where the server is: one host or several, each with a port of its own or without.");

    public static final OptionKey<Integer> PORT = OptionKey.port("port", "The port of every host that names none.");

    public static final OptionKey<String> USER = OptionKey.text("user", "Who logs in.");

    public static final OptionKey<String> PASSWORD = OptionKey.secret("password", "The user's password.");

    /** Instead of {@link #USER} and {@link #PASSWORD}. */
    public static final OptionKey<CredentialsSource> CREDENTIALS = OptionKey.credentials(
            "credentials",
            "Asked for user and password at each login, instead of `user` and `password`: for passwords that change.");

    public static final OptionKey<String> DATABASE =
            OptionKey.text("database", "The database to work in; in a URL it is the path.");

    public static final OptionKey<Duration> CONNECT_TIMEOUT = OptionKey.duration(
                    "connectTimeout", "How long name look-up, TCP, TLS and login may take together.")
            .between(TICK, DAY)
            .defaultsTo(Duration.ofSeconds(10));

    public static final OptionKey<Duration> STATEMENT_TIMEOUT = OptionKey.duration(
                    "statementTimeout",
                    "How long a statement may take, the reading of its result included; `0s` sets no limit.")
            .defaultsTo(Duration.ZERO);

    /** Only for stores that have locks. */
    public static final OptionKey<Duration> LOCK_WAIT_TIMEOUT =
            OptionKey.duration("lockWaitTimeout", "How long a statement waits for a lock.");

    public static final OptionKey<Integer> FETCH_SIZE = OptionKey.integer(
                    "fetchSize", "How many rows to ask the server for at a time; a statement may set its own.")
            .between(1, 1_000_000);

    public static final OptionKey<ZoneId> ZONE = OptionKey.zone(
                    "zone", "The time zone of the session, in which times without a zone are read and shown.")
            .defaultsToRule("the server's");

    public static final OptionKey<Duration> KEEP_ALIVE = OptionKey.duration(
                    "keepAlive",
                    "How long a connection is silent before TCP asks whether the server is still there; `0s` never asks.")
            .between(Duration.ZERO, DAY)
            .defaultsTo(Duration.ofSeconds(60));

    public static final OptionKey<Long> RECEIVE_BUFFER = OptionKey.size(
                    "receiveBuffer",
                    "The receive buffer of each socket: how much a server can send ahead of a slow reader.")
            .between(4L << 10, 64L << 20)
            .defaultsTo(256L << 10);

    public static final OptionKey<Long> MAX_FRAME_SIZE = OptionKey.size(
                    "maxFrameSize",
                    "The largest frame that is taken from a server; a larger one closes the connection.")
            .between(64L << 10, 1L << 30)
            .defaultsTo(64L << 20);

    public static final OptionKey<Sharing> SHARING = OptionKey.choice(
            "sharing",
            Sharing.class,
            "Whether statements of different callers travel on one connection: `auto`, or `off`, which gives each its own.");

    public static final OptionKey<Integer> SHARED_WIRES = OptionKey.integer(
                    "sharedWires", "How many connections callers share while none of them is kept busy.")
            .between(1, 1024)
            .defaultsTo(4);

    public static final OptionKey<Integer> MAX_WIRES = OptionKey.integer(
                    "maxWires",
                    "How many connections there may be at once, shared ones and those of one's own together.")
            .between(1, 65_535)
            .defaultsTo(64);

    public static final OptionKey<Duration> WAIT_TIMEOUT = OptionKey.duration(
                    "waitTimeout",
                    "How long a caller waits while all connections are busy; the statement's own limit counts if it is shorter. `0s` sets no limit.")
            .between(Duration.ZERO, DAY)
            .defaultsTo(Duration.ofSeconds(10));

    public static final OptionKey<Endpoints.Choice> HOST_CHOICE = OptionKey.choice(
            "hostChoice",
            Endpoints.Choice.class,
            "Which of several hosts gets the next connection; hosts that have failed are tried last.");

    public static final OptionKey<Duration> HOST_RETRY = OptionKey.duration(
                    "hostRetry",
                    "How long a host is left alone after it has failed; each further failure doubles it, and up to half of it is left out at random.")
            .between(TICK, DAY)
            .defaultsTo(Backoff.Timing.STANDARD.first());

    public static final OptionKey<Duration> HOST_RETRY_MAX = OptionKey.duration(
                    "hostRetryMax", "The longest time for which a host is left alone.")
            .between(TICK, DAY)
            .defaultsTo(Backoff.Timing.STANDARD.cap());

    public static final OptionKey<Boolean> SSL = OptionKey.bool(
                    "ssl", "Whether to use TLS; `r2dbcs:` in a URL says true.")
            .defaultsTo(false);

    public static final OptionKey<SslMode> SSL_MODE = OptionKey.choice(
                    "sslMode",
                    SslMode.class,
                    "How much to insist on: TLS with any certificate, with a trusted one, or with a trusted one for this very host.")
            .defaultsToRule("`verify-full` with `ssl`, else `disable`");

    public static final OptionKey<Path> SSL_ROOT_CERT = OptionKey.file(
                    "sslRootCert", "PEM file with the certificates of the authorities to trust.")
            .defaultsToRule("those of the JDK");

    public static final OptionKey<Path> SSL_CERT =
            OptionKey.file("sslCert", "PEM file with the client's certificate chain, where the server wants one.");

    public static final OptionKey<Path> SSL_KEY =
            OptionKey.file("sslKey", "PEM file with the private key (PKCS 8) that belongs to `sslCert`.");

    public static final OptionKey<String> SSL_KEY_PASSWORD =
            OptionKey.secret("sslKeyPassword", "The password of `sslKey`, if it has one.");

    public static final OptionKey<Path> TRUST_STORE = OptionKey.file(
            "trustStore", "Key store file (PKCS 12 or JKS) with the authorities to trust, instead of `sslRootCert`.");

    public static final OptionKey<String> TRUST_STORE_PASSWORD =
            OptionKey.secret("trustStorePassword", "The password of `trustStore`.");

    public static final OptionKey<Path> KEY_STORE = OptionKey.file(
            "keyStore",
            "Key store file (PKCS 12 or JKS) with the client's certificate and key, instead of `sslCert` and `sslKey`.");

    public static final OptionKey<String> KEY_STORE_PASSWORD =
            OptionKey.secret("keyStorePassword", "The password of `keyStore` and of the key in it.");

    /** Where to connect, as whom, and how long that may take. */
    public static final List<OptionKey<?>> CONNECTION =
            List.of(HOST, PORT, USER, PASSWORD, DATABASE, CONNECT_TIMEOUT, STATEMENT_TIMEOUT);

    /** The socket. */
    public static final List<OptionKey<?>> SOCKET = List.of(KEEP_ALIVE, RECEIVE_BUFFER, MAX_FRAME_SIZE);

    /** How many connections, and who shares them. */
    public static final List<OptionKey<?>> LANES = List.of(SHARING, SHARED_WIRES, MAX_WIRES, WAIT_TIMEOUT);

    /** Several hosts. */
    public static final List<OptionKey<?>> HOSTS = List.of(HOST_CHOICE, HOST_RETRY, HOST_RETRY_MAX);

    /** Everything about TLS. */
    public static final List<OptionKey<?>> TLS = List.of(
            SSL,
            SSL_MODE,
            SSL_ROOT_CERT,
            SSL_CERT,
            SSL_KEY,
            SSL_KEY_PASSWORD,
            TRUST_STORE,
            TRUST_STORE_PASSWORD,
            KEY_STORE,
            KEY_STORE_PASSWORD);

    private CommonOptions() {}

    /** Where to connect, in the order given: each host with its own port, or that of the option {@code port}. */
    public static List<Endpoint> endpoints(Options options) {
        return options.get(HOST).stream().map(host -> endpoint(host, options)).toList();
    }

    private static Endpoint endpoint(HostPort host, Options options) {
        Integer port = host.port();
        return new Endpoint(host.host(), port == null ? options.get(PORT) : port);
    }

    /**
     * How long hosts are left alone after they have failed.
     *
     * @throws IllegalArgumentException if the longest time is the shorter one
     */
    public static Backoff.Timing hostTiming(Options options) {
        Duration first = options.get(HOST_RETRY);
        Duration longest = options.get(HOST_RETRY_MAX);
        if (longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("Option 'hostRetryMax' is " + longest.toMillis()
                    + " ms, less than 'hostRetry' with " + first.toMillis() + " ms: it has to be as long at least");
        }
        return new Backoff.Timing(first, longest, Backoff.Timing.STANDARD.memory());
    }

    /** What {@code ssl} and {@code sslMode} say together: the mode if it is given, else as strict as can be or no TLS. */
    public static SslMode sslMode(Options options) {
        SslMode mode = options.find(SSL_MODE);
        return mode != null ? mode : options.get(SSL) ? SslMode.VERIFY_FULL : SslMode.DISABLE;
    }

    /**
     * The settings of TLS; null without TLS. Reads the files, and therefore blocks: not for an event loop.
     *
     * @throws IllegalArgumentException naming the file that is missing or not what it should be
     */
    public static @Nullable TlsSettings tls(Options options) {
        return TlsOptions.settings(options);
    }
}
