package io.weir.iotdb;

import io.weir.core.CommonOptions;
import io.weir.core.CredentialsSource;
import io.weir.core.Endpoints;
import io.weir.core.HostPort;
import io.weir.core.OptionKey;
import io.weir.core.OptionSet;
import io.weir.core.Sharing;
import io.weir.iotdb.type.Dialect;
import io.weir.iotdb.type.Redirection;
import io.weir.iotdb.type.ThriftProtocol;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** All options of the IoTDB client. {@code docs/iotdb.md} has the same as a table. */
public final class IotdbOptions {

    /** One host or several ({@code h1:6667,h2:6667}). Required. */
    public static final OptionKey<List<HostPort>> HOST = CommonOptions.HOST;

    /** The port of hosts that name none. Default: 6667. */
    public static final OptionKey<Integer> PORT = CommonOptions.PORT;

    /** Default: {@code root}, as on a server that is not set up yet. */
    public static final OptionKey<String> USER = CommonOptions.USER;

    /** Default: {@code root}, as on a server that is not set up yet. */
    public static final OptionKey<String> PASSWORD = CommonOptions.PASSWORD;

    /**
     * Asked for user and password at each login, instead of {@link #USER} and {@link #PASSWORD}: for passwords that change
     * while the client lives. Sessions that are logged in go on. Must not block. From code only.
     */
    public static final OptionKey<CredentialsSource> CREDENTIALS = CommonOptions.CREDENTIALS;

    /** The table model's database to enter at login; in a URL the path. Default: none. */
    public static final OptionKey<String> DATABASE = CommonOptions.DATABASE;

    /** {@code tree} or {@code table}. Default: {@code tree}, as on the server. */
    public static final OptionKey<Dialect> SQL_DIALECT = OptionKey.choice(
                    "sqlDialect", Dialect.class, "Which of its two languages to speak with IoTDB.")
            .defaultsTo(Dialect.TREE);

    /**
     * The session's time zone. Default: that of this machine. A login has to name one, and the server does not tell its
     * own.
     */
    public static final OptionKey<ZoneId> ZONE = CommonOptions.ZONE;

    /** Rows to ask for at a time; a reply may hold somewhat more, because the server sends whole blocks. Default: 5000. */
    public static final OptionKey<Integer> FETCH_SIZE = CommonOptions.FETCH_SIZE;

    /** Name resolution, TCP, TLS and login together. Default: 10 s. */
    public static final OptionKey<Duration> CONNECT_TIMEOUT = CommonOptions.CONNECT_TIMEOUT;

    /** Execution and reading together. Default: none ({@code 0s}). */
    public static final OptionKey<Duration> STATEMENT_TIMEOUT = CommonOptions.STATEMENT_TIMEOUT;

    /** The longest request that is sent, in bytes; a longer one is refused at once. Default: what the server takes. */
    public static final OptionKey<Long> MAX_REQUEST_SIZE = OptionKey.size(
                    "maxRequestSize",
                    "The longest request that is sent; a longer one, or one longer than the server takes, is refused before it is sent.")
            .between(64L << 10, 1L << 30)
            .defaultsToRule("what the server takes");

    /** {@code auto} or {@code off}. Default: {@code auto}, because an IoTDB session is little more than a login. */
    public static final OptionKey<Sharing> SHARING = CommonOptions.SHARING.defaultsTo(Sharing.AUTO);

    /**
     * Connections that callers share while none is kept busy. Default: 8; IoTDB has a thread for each, and with fewer of
     * them its own hand-overs between threads cost it more (measured, see ADR 9).
     */
    public static final OptionKey<Integer> SHARED_WIRES = CommonOptions.SHARED_WIRES.defaultsTo(8);

    /** Connections at once, shared ones and those of one's own together. Default: 64. */
    public static final OptionKey<Integer> MAX_WIRES = CommonOptions.MAX_WIRES;

    /** How long a caller waits while all connections are busy. Default: 10 s. */
    public static final OptionKey<Duration> WAIT_TIMEOUT = CommonOptions.WAIT_TIMEOUT;

    /** Which of several hosts gets the next connection. Default: the one with the fewest. */
    public static final OptionKey<Endpoints.Choice> HOST_CHOICE = CommonOptions.HOST_CHOICE;

    /** Also the first pause before a write that was rejected is sent again. Default: 250 ms. */
    public static final OptionKey<Duration> HOST_RETRY = CommonOptions.HOST_RETRY;

    /** Default: 30 s. */
    public static final OptionKey<Duration> HOST_RETRY_MAX = CommonOptions.HOST_RETRY_MAX;

    /**
     * How long a write that the server rejects for being too busy (status 606) is tried again; the statement's own limit
     * counts if it is shorter. Zero passes the rejection on at once. Default: 10 s.
     */
    public static final OptionKey<Duration> RETRY_TIMEOUT = OptionKey.duration(
                    "retryTimeout",
                    "How long a write that the server rejects for being too busy is tried again; `statementTimeout` counts if it is shorter. `0s` passes the rejection on at once.")
            .between(Duration.ZERO, Duration.ofDays(1))
            .defaultsTo(Duration.ofSeconds(10));

    /**
     * {@code on} or {@code off}: whether writes for a device (in the table model: rows with the same tags) go to the node that a server has named as
     * the one for it. Servers name the addresses that they know, see {@link IotdbClient.Builder#redirectedHosts}. Default:
     * {@code off}, because every node forwards what is not its own.
     */
    public static final OptionKey<Redirection> REDIRECTION = OptionKey.choice(
                    "redirection",
                    Redirection.class,
                    "Whether writes for a device go to the node that a server has named for it, under the address that the server knows.")
            .defaultsTo(Redirection.OFF);

    /** {@code binary} or {@code compact}, as the server is set; the wrong one is hung up on. Default: {@code binary}. */
    public static final OptionKey<ThriftProtocol> THRIFT_PROTOCOL = OptionKey.choice(
                    "thriftProtocol",
                    ThriftProtocol.class,
                    "Thrift's protocol that the server is set to; `compact` goes with `dn_rpc_thrift_compression_enable=true`.")
            .defaultsTo(ThriftProtocol.BINARY);

    /** Every option, as builder, URL, R2DBC and docs know them. */
    public static final OptionSet ALL = OptionSet.builder("iotdb", "docs/iotdb.md")
            .add(CommonOptions.CONNECTION)
            .add(CREDENTIALS)
            .add(SQL_DIALECT)
            .add(ZONE.defaultsToRule("that of this machine"))
            .add(FETCH_SIZE)
            .add(THRIFT_PROTOCOL)
            .add(CommonOptions.LANES)
            .add(CommonOptions.HOSTS)
            .add(RETRY_TIMEOUT)
            .add(REDIRECTION)
            .add(CommonOptions.SOCKET)
            .add(MAX_REQUEST_SIZE)
            .add(CommonOptions.TLS)
            .standard(PORT, 6667)
            .standard(USER, "root")
            .standard(PASSWORD, "root")
            .standard(FETCH_SIZE, 5000)
            .standard(SHARING, Sharing.AUTO)
            .standard(SHARED_WIRES, 8)
            .standard(HOST_CHOICE, Endpoints.Choice.LEAST_CONNECTIONS)
            .require(HOST)
            .build();

    private IotdbOptions() {}
}
