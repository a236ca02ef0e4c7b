package io.weir.tdengine;

import io.weir.core.CommonOptions;
import io.weir.core.Endpoints;
import io.weir.core.HostPort;
import io.weir.core.OptionKey;
import io.weir.core.OptionSet;
import io.weir.core.Sharing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** All options of the TDengine client. {@code docs/tdengine.md} has the same as a table. */
public final class TdengineOptions {

    private static final Duration DAY = Duration.ofDays(1);

    /** One host or several ({@code h1:6041,h2:6041}): those of the adapters. Required. */
    public static final OptionKey<List<HostPort>> HOST = CommonOptions.HOST;

    /** The way to the server; in a URL behind the system ({@code tdengine:native://}). Default: the WebSocket. */
    public static final OptionKey<TdengineProtocol> PROTOCOL = OptionKey.choice(
                    "protocol",
                    TdengineProtocol.class,
                    "The way to the server; in a URL it stands behind the system: `tdengine:native://`.")
            .defaultsTo(TdengineProtocol.WEBSOCKET);

    /** The port of hosts that name none. Default: 6041; natively 6030. */
    public static final OptionKey<Integer> PORT = CommonOptions.PORT;

    /** Default: {@code root}, as on a server that is not set up yet. */
    public static final OptionKey<String> USER = CommonOptions.USER;

    /** Default: {@code taosdata}, as on a server that is not set up yet. */
    public static final OptionKey<String> PASSWORD = CommonOptions.PASSWORD;

    /** The database to enter at login; in a URL the path. Default: none. */
    public static final OptionKey<String> DATABASE = CommonOptions.DATABASE;

    /** The adapter's own token for REST, in the place of user and password. Default: none. */
    public static final OptionKey<String> TAOSD_TOKEN = OptionKey.secret(
            "taosdToken", "REST: the token that the adapter makes of user and password, instead of these.");

    /** Default: 16. The adapter has its own limit, two for each of its processors unless it is told otherwise. */
    public static final OptionKey<Integer> REST_CONNECTIONS = OptionKey.integer(
                    "restConnections", "REST: how many calls may be under way at a time; the others wait.")
            .between(1, 10_000)
            .defaultsTo(16);

    /** Default: 60 s. */
    public static final OptionKey<Duration> REST_READ_TIMEOUT = OptionKey.duration(
                    "restReadTimeout",
                    "REST: how long the server may be silent while an answer is waited for; `0s`: for ever.")
            .between(Duration.ZERO, DAY)
            .defaultsTo(Duration.ofSeconds(60));

    /** Default: it is found out. */
    public static final OptionKey<Long> REST_ROW_LIMIT = OptionKey.wide(
                    "restRowLimit",
                    "REST: how many rows the adapter gives of one result (its `restfulRowLimit`), -1: all of them.")
            .between(-1L, Long.MAX_VALUE)
            .defaultsToRule("found out, by counting results that are longer than those before");

    /** What the cloud service asks for in front of the login. Default: none. */
    public static final OptionKey<String> TOKEN =
            OptionKey.secret("token", "The token of the cloud service, which its gateway asks for.");

    /** A login without user and password. Default: none. */
    public static final OptionKey<String> BEARER_TOKEN =
            OptionKey.secret("bearerToken", "A token to log in with, instead of user and password.");

    /** The second factor of a login. Default: none. */
    public static final OptionKey<String> TOTP_CODE = OptionKey.secret(
            "totpCode", "The time-based code of users who log in with two factors; good for one login.");

    /** The session's time zone. Default: the server's; moments are then shown in this machine's. */
    public static final OptionKey<ZoneId> ZONE = CommonOptions.ZONE;

    /** How this program is called in {@code SHOW CONNECTIONS}. Default: weir. */
    public static final OptionKey<String> APPLICATION =
            OptionKey.text("application", "How this program is called in the server's lists, in up to 23 bytes.");

    /** The address that the server shows for this program. Default: the one that it sees. */
    public static final OptionKey<String> USER_IP =
            OptionKey.text("userIp", "The address that the server shows and checks for this program.");

    /** Whether queries ask super tables and not their children. Default: no. */
    public static final OptionKey<Boolean> BUSINESS_INTELLIGENCE = OptionKey.bool(
                    "businessIntelligence",
                    "Whether statements see tables as tools for business intelligence expect them: without child tables.")
            .defaultsTo(false);

    /** Default: off. It saves the network and costs both sides time. */
    public static final OptionKey<Boolean> COMPRESSION = OptionKey.bool(
                    "compression", "Whether to offer compression (permessage-deflate; gzip over REST).")
            .defaultsTo(false);

    /** Name resolution, TCP, TLS, WebSocket and login together. Default: 10 s. */
    public static final OptionKey<Duration> CONNECT_TIMEOUT = CommonOptions.CONNECT_TIMEOUT;

    /** Whether callers share connections. Default: they do. */
    public static final OptionKey<Sharing> SHARING = CommonOptions.SHARING.defaultsTo(Sharing.AUTO);

    /** How many connections callers share. Default: 4. */
    public static final OptionKey<Integer> SHARED_WIRES = CommonOptions.SHARED_WIRES;

    /** How many connections there may be, those of subscriptions aside. Default: 64. */
    public static final OptionKey<Integer> MAX_WIRES = CommonOptions.MAX_WIRES;

    /** How long a caller waits for a connection. Default: 10 s. */
    public static final OptionKey<Duration> WAIT_TIMEOUT = CommonOptions.WAIT_TIMEOUT;

    /** Default: 64. */
    public static final OptionKey<Integer> PREPARED_STATEMENT_CACHE_SIZE = OptionKey.integer(
                    "preparedStatementCacheSize",
                    "How many prepared statements each connection to the server keeps open while nobody uses them; `0` keeps none.")
            .between(0, 10_000)
            .defaultsTo(64);

    /** Which of several hosts gets the next connection. Default: the one with the fewest. */
    public static final OptionKey<Endpoints.Choice> HOST_CHOICE = CommonOptions.HOST_CHOICE;

    /** Default: 250 ms. */
    public static final OptionKey<Duration> HOST_RETRY = CommonOptions.HOST_RETRY;

    /** Default: 30 s. */
    public static final OptionKey<Duration> HOST_RETRY_MAX = CommonOptions.HOST_RETRY_MAX;

    /** Execution and reading together. Default: none ({@code 0s}). */
    public static final OptionKey<Duration> STATEMENT_TIMEOUT = CommonOptions.STATEMENT_TIMEOUT;

    /** Default: yes. Needs the right to see and to kill queries; without it nothing happens. */
    public static final OptionKey<Boolean> KILL_ABANDONED = OptionKey.bool(
                    "killAbandoned",
                    "Whether a statement that the server still executes a second after its caller has left, or its time was over, is looked for on the server and killed.")
            .defaultsTo(true);

    /** Default: 30 s. */
    public static final OptionKey<Duration> WRITE_TIMEOUT = OptionKey.duration(
                    "writeTimeout",
                    "How long a connection may take nothing of what is to be sent, before it is given up; `0s` waits for ever.")
            .between(Duration.ZERO, DAY)
            .defaultsTo(Duration.ofSeconds(30));

    /** Default: 30 s, well below the server's own limit of 114 s. */
    public static final OptionKey<Duration> LIVENESS_INTERVAL = OptionKey.duration(
                    "livenessInterval",
                    "The silence of a server after which it is asked for a sign of life; `0s` never asks.")
            .between(Duration.ZERO, DAY)
            .defaultsTo(Duration.ofSeconds(30));

    /** Default: 30 s. */
    public static final OptionKey<Duration> LIVENESS_LIMIT = OptionKey.duration(
                    "livenessLimit", "How long that sign may take, before the connection is given up.")
            .between(Duration.ofMillis(1), DAY)
            .defaultsTo(Duration.ofSeconds(30));

    /** Default: where the system looks for {@code libtaos}. */
    public static final OptionKey<Path> NATIVE_LIBRARY = OptionKey.file(
                    "nativeLibrary", "Natively: the file of the vendor's library, such as `/opt/taos/libtaos.so`.")
            .defaultsToRule("where the system looks for it");

    /** Default: {@code /etc/taos}, or what the library was built with. */
    public static final OptionKey<Path> CONFIG_FOLDER = OptionKey.file(
                    "configFolder", "Natively: the folder of `taos.cfg`. One for the whole process.")
            .defaultsToRule("the library's own");

    /** Default: UTF-8, whatever {@code taos.cfg} or the system's locale say. */
    public static final OptionKey<String> CHARSET = OptionKey.text(
                    "charset",
                    "Natively: the character set in which the library takes texts, for the whole process. Texts are"
                            + " UTF-8 here, so it is UTF-8 or refused.")
            .defaultsTo("UTF-8");

    /** Default: that of {@code taos.cfg} or the system. */
    public static final OptionKey<String> LOCALE = OptionKey.text(
                    "locale", "Natively: the locale of the library; one for the whole process.")
            .defaultsToRule("the library's own");

    /** Default: 4. */
    public static final OptionKey<Integer> NATIVE_THREADS = OptionKey.integer(
                    "nativeThreads",
                    "Natively: on how many threads the library may block at once; login, prepared statements and"
                            + " closing do.")
            .between(1, 256)
            .defaultsTo(4);

    /** Every option, as builder, URL, R2DBC and docs know them. */
    public static final OptionSet ALL = OptionSet.builder("tdengine", "docs/tdengine.md")
            .add(PROTOCOL)
            .add(CommonOptions.CONNECTION)
            .add(List.of(TOKEN, BEARER_TOKEN, TOTP_CODE))
            .add(ZONE)
            .add(List.of(APPLICATION, USER_IP, BUSINESS_INTELLIGENCE, COMPRESSION))
            .add(List.of(KILL_ABANDONED, WRITE_TIMEOUT, LIVENESS_INTERVAL, LIVENESS_LIMIT))
            .add(List.of(TAOSD_TOKEN, REST_CONNECTIONS, REST_READ_TIMEOUT, REST_ROW_LIMIT))
            .add(CommonOptions.LANES)
            .add(PREPARED_STATEMENT_CACHE_SIZE)
            .add(CommonOptions.HOSTS)
            .add(CommonOptions.SOCKET)
            .add(CommonOptions.TLS)
            .add(List.of(NATIVE_LIBRARY, CONFIG_FOLDER, CHARSET, LOCALE, NATIVE_THREADS))
            .standard(PORT, 6041)
            .standard(USER, "root")
            .standard(PASSWORD, "taosdata")
            .standard(APPLICATION, "weir")
            .standard(SHARING, Sharing.AUTO)
            .standard(HOST_CHOICE, Endpoints.Choice.LEAST_CONNECTIONS)
            .require(HOST)
            .build();

    private TdengineOptions() {}
}
