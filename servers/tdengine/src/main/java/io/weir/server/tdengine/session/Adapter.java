package io.weir.server.tdengine.session;

import io.weir.server.tdengine.manner.Manners;
import io.weir.server.tdengine.sql.Engine;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What all sockets of a stand-in share. */
public final class Adapter {

    private final Engine engine;
    private final Manners manners;
    private final InstantSource clock;
    private final Executor workers;
    private final Consumer<String> onDeath;
    private final Counters counters = new Counters();
    private final Accounts accounts;
    private final Limiter limiter;
    private volatile Map<String, @Nullable Object> lastConn = Map.of();

    public Adapter(Engine engine, Manners manners, InstantSource clock, Executor workers, Consumer<String> onDeath) {
        this.engine = engine;
        this.manners = manners;
        this.clock = clock;
        this.workers = workers;
        this.onDeath = onDeath;
        this.accounts = new Accounts(manners);
        this.limiter = new Limiter(manners);
    }

    public Engine engine() {
        return engine;
    }

    public Manners manners() {
        return manners;
    }

    public InstantSource clock() {
        return clock;
    }

    public Executor workers() {
        return workers;
    }

    public Counters counters() {
        return counters;
    }

    public Accounts accounts() {
        return accounts;
    }

    public Limiter limiter() {
        return limiter;
    }

    /** The arguments of the last conn, without password and tokens. */
    public Map<String, @Nullable Object> lastConn() {
        return lastConn;
    }

    void noteConn(Map<String, @Nullable Object> args) {
        Map<String, @Nullable Object> shown = new ConcurrentHashMap<>();
        args.forEach((name, value) -> {
            if (value != null && !name.contains("password") && !name.contains("token") && !name.contains("totp")) {
                shown.put(name, value);
            }
        });
        lastConn = shown;
    }

    /** The whole adapter ends, as the real one does at one empty binary frame. */
    public void die(String reason) {
        onDeath.accept(reason);
    }
}
