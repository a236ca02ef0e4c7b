package io.weir.server.tdengine.sql;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** One statement at work, which KILL QUERY can end while it waits. */
final class Running implements AutoCloseable {

    private final Registry registry;
    private final SqlSession session;
    private final String sql;
    private final long requestId;
    private final String killId;
    private final Instant since;
    private final CountDownLatch killed = new CountDownLatch(1);

    private Running(Registry registry, SqlSession session, String sql, long requestId, String killId, Instant since) {
        this.registry = registry;
        this.session = session;
        this.sql = sql;
        this.requestId = requestId;
        this.killId = killId;
        this.since = since;
    }

    void pause(long millis) {
        try {
            if (millis > 0 && killed.await(millis, TimeUnit.MILLISECONDS)) {
                throw new TaosError(0x022D, "Query killed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TaosError(0x022D, "Query killed");
        }
    }

    SqlSession session() {
        return session;
    }

    String sql() {
        return sql;
    }

    long requestId() {
        return requestId;
    }

    String killId() {
        return killId;
    }

    Instant since() {
        return since;
    }

    @Override
    public void close() {
        registry.running.remove(killId);
    }

    /** All statements at work. */
    static final class Registry {

        private final Map<String, Running> running = new ConcurrentHashMap<>();
        private final AtomicLong numbers = new AtomicLong();

        Running begin(SqlSession session, String sql, long requestId) {
            String killId = Long.toHexString(session.id()) + ":" + Long.toHexString(numbers.incrementAndGet());
            Instant now = session.engine().clock().instant();
            Running begun = new Running(this, session, sql, requestId, killId, now);
            running.put(killId, begun);
            return begun;
        }

        Collection<Running> all() {
            return running.values();
        }

        void kill(String killId) {
            Running found = running.get(killId);
            if (found == null) {
                throw new TaosError(0x0118, "Invalid query id: " + killId);
            }
            found.killed.countDown();
        }
    }
}
