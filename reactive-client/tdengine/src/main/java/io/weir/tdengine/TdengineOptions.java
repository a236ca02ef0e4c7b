package io.weir.tdengine;

import io.weir.core.CommonOptions;
import io.weir.core.HostPort;
import io.weir.core.OptionKey;
import io.weir.core.OptionSet;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/** All options of the TDengine client. {@code docs/tdengine.md} has the same as a table. */
public final class TdengineOptions {

    private static final Duration DAY = Duration.ofDays(1);

    /** One host or several ({@code h1:6041,h2:6041}): those of the adapters. Required. */
    public static final OptionKey<List<HostPort>> HOST = CommonOptions.HOST;

    /** The port of hosts that name none. Default: 6041. */
    public static final OptionKey<Integer> PORT = CommonOptions.PORT;

    /** Default: {@code root}, as on a server that is not set up yet. */
    public static final OptionKey<String> USER = CommonOptions.USER;

    /** Default: {@code taosdata}, as on a server that is not set up yet. */
    public static final OptionKey<String> PASSWORD = CommonOptions.PASSWORD;

    /** The database to enter at login; in a URL the path. Default: none. */
    public static final OptionKey<String> DATABASE = CommonOptions.DATABASE;

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
                    "compression", "Whether to offer compression of messages (permessage-deflate).")
            .defaultsTo(false);

    /** Name resolution, TCP, TLS, WebSocket and login together. Default: 10 s. */
    public static final OptionKey<Duration> CONNECT_TIMEOUT = CommonOptions.CONNECT_TIMEOUT;

    /** Execution and reading together. Default: none ({@code 0s}). */
    public static final OptionKey<Duration> STATEMENT_TIMEOUT = CommonOptions.STATEMENT_TIMEOUT;

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

    /** Every option, as builder, URL, R2DBC and docs know them. */
    public static final OptionSet ALL = OptionSet.builder("tdengine", "docs/tdengine.md")
            .add(CommonOptions.CONNECTION)
            .add(List.of(TOKEN, BEARER_TOKEN, TOTP_CODE))
            .add(ZONE)
            .add(List.of(APPLICATION, USER_IP, BUSINESS_INTELLIGENCE, COMPRESSION))
            .add(List.of(WRITE_TIMEOUT, LIVENESS_INTERVAL, LIVENESS_LIMIT))
            .add(CommonOptions.SOCKET)
            .add(CommonOptions.TLS)
            .standard(PORT, 6041)
            .standard(USER, "root")
            .standard(PASSWORD, "taosdata")
            .standard(APPLICATION, "weir")
            .require(HOST)
            .build();

    private TdengineOptions() {}
}
