package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import io.netty.channel.EventLoop;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.protocol.JsonRequest.Login;
import io.weir.tdengine.session.SessionSettings;
import io.weir.tdengine.type.ServerVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a session at one host. Everything blocks. */
final class NativeLogin {

    private final NativeSource source;
    private final LoadedLibrary library;
    private final Libtaos taos;
    private final Endpoint endpoint;
    private final SessionSettings settings;
    private final Login login;

    NativeLogin(NativeSource source, LoadedLibrary library, Endpoint endpoint) {
        this.source = source;
        this.library = library;
        this.taos = library.functions();
        this.endpoint = endpoint;
        this.settings = source.settings().session();
        this.login = settings.login();
    }

    NativeSession session(EventLoop loop) {
        Pointer connection = connect();
        try {
            return new NativeSession(source, loop, library, connection, endpoint, prepare(connection));
        } catch (RuntimeException e) {
            taos.taos_close(connection);
            throw e;
        }
    }

    private Pointer connect() {
        String host = endpoint.host();
        short port = (short) endpoint.port();
        String user = String.valueOf(login.user());
        String password = String.valueOf(login.password());
        for (String text : List.of(user, password, String.valueOf(login.database()), settings.who())) {
            Errors.checkNoZero("User, password or database", text);
        }
        Pointer connection;
        if (login.bearerToken() != null) {
            connection = taos.taos_connect_token(host, login.bearerToken(), login.database(), port);
        } else if (login.totpCode() != null) {
            connection = taos.taos_connect_totp(host, user, password, login.totpCode(), login.database(), port);
        } else {
            connection = taos.taos_connect(host, user, password, login.database(), port);
        }
        if (connection == null) {
            // Of this thread's last call.
            throw refused(Errors.of(taos, null, taos.taos_errno(null)));
        }
        return connection;
    }

    /** Everything that a session begins with; and the server's version. */
    private ServerVersion prepare(Pointer connection) {
        set(connection, Libtaos.ZONE, "zone", login.zone());
        set(connection, Libtaos.USER_IP, "userIp", login.userIp());
        set(connection, Libtaos.APPLICATION, "application", login.application());
        if (login.connector() != null) {
            // For the server's lists alone: a library that does not know this option is as good as any other.
            taos.taos_options_connection(connection, Libtaos.CONNECTOR, login.connector());
        }
        if (login.businessIntelligence()) {
            int code = taos.taos_set_conn_mode(connection, Libtaos.BUSINESS_INTELLIGENCE, 1);
            check(code, "businessIntelligence=true");
        }
        String told = taos.taos_get_server_info(connection);
        ServerVersion version = ServerVersion.of(told == null ? "" : told);
        if (!version.isAtLeast(ServerVersion.LEAST)) {
            throw WeirException.of(
                            ErrorKind.UNSUPPORTED,
                            "The server is TDengine " + version + ", and this client needs " + ServerVersion.LEAST
                                    + " or newer: upgrade the server")
                    .build();
        }
        return version;
    }

    private void set(Pointer connection, int option, String name, @Nullable String value) {
        if (value != null) {
            check(taos.taos_options_connection(connection, option, value), name + "='" + value + "'");
        }
    }

    private void check(int code, String what) {
        if (code != 0) {
            WeirException refusal = Errors.of(taos, null, code);
            throw refusal.toBuilder()
                    .message("The library refused option " + what + ": " + refusal.getMessage())
                    .build();
        }
    }

    /** The database's own words, with what was tried. */
    private WeirException refused(WeirException error) {
        String database = login.database() == null ? "" : " (option database='" + login.database() + "')";
        if (error.kind() == ErrorKind.CLOSED) {
            return unreachable(error, endpoint, database, library);
        }
        return error.toBuilder()
                .message("The login of " + settings.who() + database + " was refused: " + error.getMessage() + ". "
                        + library)
                .build();
    }

    /** What is CLOSED for a statement is no connection at all for a login. */
    static WeirException unreachable(WeirException error, Endpoint endpoint, String what, LoadedLibrary library) {
        String text = "Could not connect to " + endpoint + what + ": " + error.getMessage() + ". " + library
                + " connects to the database server itself (port 6030): check the address, the firewall, and that this"
                + " machine can resolve the server's own host name (its FQDN)";
        return WeirException.of(ErrorKind.CONNECT, text)
                .code(error.code())
                .sent(WeirException.Sent.NO)
                .build();
    }
}
