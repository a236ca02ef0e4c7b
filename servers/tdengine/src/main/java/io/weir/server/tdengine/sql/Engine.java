package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.manner.Manners;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All databases, in memory. One lock guards them, held while a statement reads or changes them. */
public final class Engine {

    private final Map<String, Database> databases = new LinkedHashMap<>();
    private final Map<String, Topic> topics = new LinkedHashMap<>();
    private final Running.Registry running = new Running.Registry();
    private final Manners manners;
    private final InstantSource clock;
    private long lastTableId;

    public Engine(Manners manners, InstantSource clock) {
        this.manners = manners;
        this.clock = clock;
    }

    /** A session of a user who has proved who he is. Throws where the database does not exist. */
    public SqlSession session(String user, @Nullable String database, ZoneId zone) {
        if (database != null && !database.isEmpty()) {
            locked(() -> database(database));
        }
        return new SqlSession(this, user, database, zone);
    }

    public InstantSource clock() {
        return clock;
    }

    public Manners manners() {
        return manners;
    }

    Running.Registry running() {
        return running;
    }

    public String version() {
        return manners.text(Manner.VERSION);
    }

    public synchronized <T> T locked(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            notifyAll();
        }
    }

    /** Asks again after each change until there is something, at most so long; null when the time is over. */
    public synchronized <T> @Nullable T await(Supplier<@Nullable T> probe, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        T found = probe.get();
        for (long left = end - System.nanoTime(); found == null && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            found = probe.get();
        }
        return found;
    }

    /** What a topic follows, by its name. */
    public Topic topic(String name) {
        Topic topic = topics.get(name);
        if (topic == null) {
            throw new TaosError(0x03F1, "Topic not exist");
        }
        return topic;
    }

    public Database databaseOf(Topic topic) {
        return database(topic.database());
    }

    Collection<Database> databases() {
        return databases.values();
    }

    Map<String, Topic> topics() {
        return topics;
    }

    Database database(String name) {
        Database database = databases.get(name);
        if (database == null) {
            throw TaosError.noDatabase();
        }
        return database;
    }

    boolean hasDatabase(String name) {
        return databases.containsKey(name);
    }

    void add(Database database) {
        databases.put(database.name(), database);
    }

    void dropDatabase(String name) {
        databases.remove(name);
    }

    long nextTableId() {
        return ++lastTableId;
    }
}
