package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.manner.Hint;
import io.weir.server.tdengine.manner.Manner;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What the server remembers about one connection: user, database, zone. */
public final class SqlSession {

    private static final AtomicLong IDS = new AtomicLong();

    private final Engine engine;
    private final String user;
    private final long id = IDS.incrementAndGet();
    private volatile @Nullable String database;
    private volatile ZoneId zone;
    private volatile String app = "";

    SqlSession(Engine engine, String user, @Nullable String database, ZoneId zone) {
        this.engine = engine;
        this.user = user;
        this.database = database;
        this.zone = zone;
    }

    public Engine engine() {
        return engine;
    }

    public String user() {
        return user;
    }

    public long id() {
        return id;
    }

    /** The current database, null if none was chosen. */
    public @Nullable String database() {
        return database;
    }

    void use(@Nullable String name) {
        database = name;
    }

    public ZoneId zone() {
        return zone;
    }

    public void zone(ZoneId changed) {
        zone = changed;
    }

    public String app() {
        return app;
    }

    public void app(String name) {
        app = name;
    }

    /** Runs one statement; {@code requestId} is what KILL QUERY can find it by. */
    public Answer run(String sql, long requestId) {
        Hint hint = Hint.of(sql);
        try (Running running = engine.running().begin(this, sql, requestId)) {
            running.pause(hint.number("delay", 0));
            Command command = Parser.parse(sql);
            Answer answer = engine.locked(() -> command.run(this));
            if (answer instanceof Answer.Rows rows) {
                return HintedCursor.over(rows, hint, engine.manners().number(Manner.BLOCK_ROWS));
            }
            return answer;
        }
    }

    /** Throws where the statement could not be parsed. */
    public void validate(String sql) {
        Parser.parse(sql);
    }

    Moment moment(Precision precision) {
        return new Moment(precision, zone, engine.clock().instant());
    }

    Database currentDatabase() {
        String name = database;
        if (name == null || name.isEmpty()) {
            throw new TaosError(0x2616, "Database not specified");
        }
        return engine.database(name);
    }

    Database database(@Nullable String named) {
        return named == null ? currentDatabase() : engine.database(named);
    }
}
