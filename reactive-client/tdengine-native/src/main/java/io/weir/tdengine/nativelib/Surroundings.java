package io.weir.tdengine.nativelib;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import io.weir.core.ResultPart;
import io.weir.tdengine.session.SessionSettings;
import io.weir.tdengine.session.StatementSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What of a session outlives a statement: its database, and its time zone. */
final class Surroundings {

    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final int LONGEST_NAME = 512;

    private final Holding holding;
    private final Pointer connection;
    private final SessionSettings settings;
    private final Function<StatementSpec, Flux<ResultPart>> run;

    private volatile @Nullable ZoneId zone;
    /** Whether a database was entered since the login. */
    private volatile boolean entered;

    Surroundings(
            Holding holding,
            Pointer connection,
            SessionSettings settings,
            Function<StatementSpec, Flux<ResultPart>> run) {
        this.holding = holding;
        this.connection = connection;
        this.settings = settings;
        this.run = run;
        this.zone = settings.zone();
    }

    /** A statement has succeeded that enters a database. */
    void entered() {
        entered = true;
    }

    /** Whether they are what they were at the login. */
    boolean areUnchanged() {
        return !entered && Objects.equals(zone, settings.zone());
    }

    ZoneId shownZone() {
        ZoneId told = zone;
        return told == null ? ZoneId.systemDefault() : told;
    }

    Mono<Void> zone(@Nullable ZoneId changed) {
        String name = changed == null ? null : changed.getId();
        return holding.call("Changing the time zone", SHORT, () -> {
                    check(holding.taos().taos_options_connection(connection, Libtaos.ZONE, name));
                    return true;
                })
                .doOnSuccess(done -> zone = changed)
                .then();
    }

    Mono<String> database() {
        return holding.call("Asking for the current database", SHORT, () -> {
                    byte[] name = new byte[LONGEST_NAME];
                    check(holding.taos().taos_get_current_db(connection, name, name.length, new IntByReference()));
                    return Native.toString(name, StandardCharsets.UTF_8);
                })
                .filter(name -> !name.isEmpty());
    }

    /** Puts back what was changed. */
    Mono<Void> reset() {
        return Mono.defer(() -> {
            ZoneId before = settings.zone();
            Mono<Void> zoneBack = Objects.equals(zone, before) ? Mono.empty() : zone(before);
            return zoneBack.then(entered ? databaseBack() : Mono.empty());
        });
    }

    private Mono<Void> databaseBack() {
        String name = settings.login().database();
        Mono<?> back = name == null
                ? holding.call("Leaving the database", SHORT, () -> {
                    holding.taos().taos_reset_current_db(connection);
                    return true;
                })
                : run.apply(new StatementSpec("USE `" + name.replace("`", "``") + "`", SHORT))
                        .doOnNext(part -> {
                            if (part instanceof ResultPart.Failure refusal) {
                                throw refusal.error();
                            }
                        })
                        .then();
        return back.doOnSuccess(nothing -> entered = false).then();
    }

    private void check(int code) {
        if (code != 0) {
            throw Errors.of(holding.taos(), null, code);
        }
    }
}
