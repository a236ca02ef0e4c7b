package io.weir.tdengine.nativelib;

import com.sun.jna.Pointer;
import io.netty.channel.EventLoop;
import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.wire.Timers;
import io.weir.tdengine.protocol.JsonRequest.Login;
import io.weir.tdengine.session.NativeSettings;
import io.weir.tdengine.session.Session;
import io.weir.tdengine.type.ServerVersion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.MonoSink;

/**
 * One attempt to get a session from one host. Login blocks, and can not be stopped: whoever has left by then has what came
 * of it closed.
 */
final class Opening {

    private final NativeSource source;
    private final NativeSettings settings;
    private final Endpoint endpoint;
    private final Duration limit;
    private final MonoSink<Session> sink;
    private final EventLoop loop;
    private final AtomicBoolean over = new AtomicBoolean();
    private @Nullable Disposable alarm;
    private volatile @Nullable NativeSession made;

    Opening(NativeSource source, Endpoint endpoint, Duration limit, MonoSink<Session> sink) {
        this.source = source;
        this.settings = source.settings();
        this.endpoint = endpoint;
        this.limit = limit;
        this.sink = sink;
        this.loop = source.loop();
    }

    void start() {
        if (!limit.isZero()) {
            alarm = Timers.on(loop, limit.toNanos(), this::outOfTime);
        }
        sink.onDispose(() -> {
            if (alarm != null) {
                alarm.dispose();
            }
        });
        sink.onCancel(() -> {
            over.set(true);
            // Called at all, it means that nobody got the session that may be there already.
            close(made);
        });
        source.workers().execute(this::work);
    }

    private static void close(@Nullable NativeSession unwanted) {
        if (unwanted != null) {
            unwanted.close().subscribe();
        }
    }

    private void outOfTime() {
        if (over.compareAndSet(false, true)) {
            sink.error(located(Errors.timeout(
                    "Loading TDengine's client library and the login at " + endpoint, limit, WeirException.Sent.NO)));
        }
    }

    /** On a thread that may block. */
    private void work() {
        if (over.get()) {
            return;
        }
        try {
            LoadedLibrary library = LoadedLibrary.of(settings);
            Pointer connection = connect(library);
            NativeSession session;
            try {
                session = new NativeSession(source, loop, library, connection, endpoint, prepare(library, connection));
            } catch (RuntimeException e) {
                library.functions().taos_close(connection);
                throw e;
            }
            made = session;
            if (over.compareAndSet(false, true)) {
                tell(() -> sink.success(session));
            } else {
                close(session);
            }
        } catch (RuntimeException | LinkageError e) {
            if (over.compareAndSet(false, true)) {
                tell(() -> sink.error(known(e)));
            }
        }
    }

    private Pointer connect(LoadedLibrary library) {
        Libtaos taos = library.functions();
        Login login = settings.session().login();
        String host = endpoint.host();
        short port = (short) endpoint.port();
        String user = String.valueOf(login.user());
        String password = String.valueOf(login.password());
        for (String text : List.of(
                user,
                password,
                String.valueOf(login.database()),
                settings.session().who())) {
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
            WeirException refusal = Errors.of(taos, null, taos.taos_errno(null));
            throw NativeSource.loginRefused(refusal, settings, endpoint, library);
        }
        return connection;
    }

    /** Everything that a session begins with; and the server's version. */
    private ServerVersion prepare(LoadedLibrary library, Pointer connection) {
        Libtaos taos = library.functions();
        Login login = settings.session().login();
        set(taos, connection, Libtaos.ZONE, "zone", login.zone());
        set(taos, connection, Libtaos.USER_IP, "userIp", login.userIp());
        set(taos, connection, Libtaos.APPLICATION, "application", login.application());
        if (login.connector() != null) {
            // For the server's lists alone: a library that does not know this option is as good as any other.
            taos.taos_options_connection(connection, Libtaos.CONNECTOR, login.connector());
        }
        if (login.businessIntelligence()) {
            int code = taos.taos_set_conn_mode(connection, Libtaos.BUSINESS_INTELLIGENCE, 1);
            check(taos, code, "businessIntelligence=true");
        }
        String told = taos.taos_get_server_info(connection);
        ServerVersion version = ServerVersion.of(told == null ? "" : told);
        if (!version.isAtLeast(ServerVersion.LEAST)) {
            throw located(WeirException.of(
                            ErrorKind.UNSUPPORTED,
                            "The server is TDengine " + version + ", and this client needs " + ServerVersion.LEAST
                                    + " or newer: upgrade the server")
                    .build());
        }
        return version;
    }

    private void set(Libtaos taos, Pointer connection, int option, String name, @Nullable String value) {
        if (value != null) {
            check(taos, taos.taos_options_connection(connection, option, value), name + "='" + value + "'");
        }
    }

    private void check(Libtaos taos, int code, String what) {
        if (code != 0) {
            WeirException refusal = Errors.of(taos, null, code);
            throw located(refusal.toBuilder()
                    .message("The library refused option " + what + ": " + refusal.getMessage())
                    .build());
        }
    }

    private WeirException known(Throwable error) {
        return located(Errors.known("The login", error));
    }

    private WeirException located(WeirException error) {
        return error.toBuilder()
                .system("tdengine")
                .endpoint(endpoint.toString())
                .build();
    }

    private void tell(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException loopHasEnded) {
            task.run();
        }
    }
}
