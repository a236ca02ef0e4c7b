package io.weir.tdengine.r2dbc;

import io.weir.tdengine.TdengineSession;
import io.weir.tdengine.TdengineStatement;
import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The prepared statements of a session that nobody uses at the moment, the one that was used last at the end. A statement
 * does one thing at a time, so it is taken out while it works, and who finds none prepares one more.
 */
final class PreparedStatements {

    /** A statement that is in somebody's hands. */
    record Lease(String sql, TdengineStatement statement, int age) {}

    private final TdengineSession session;
    private final int limit;
    private final ArrayDeque<Lease> idle = new ArrayDeque<>();
    private int age;

    PreparedStatements(TdengineSession session, int limit) {
        this.session = session;
        this.limit = limit;
    }

    /** Prepares the statement, unless it is there already. */
    Mono<Lease> take(String sql) {
        return Mono.defer(() -> {
            Lease found = find(sql);
            if (found != null) {
                return Mono.just(found);
            }
            int now = age();
            return session.prepare(sql).map(statement -> new Lease(sql, statement, now));
        });
    }

    /** Keeps the statement, if it is as good as before; closes one that was not used for longest, if there are too many. */
    Mono<Void> giveBack(Lease lease) {
        return Mono.defer(() -> {
            Lease tooMany = keep(lease);
            return tooMany == null ? Mono.empty() : tooMany.statement().close();
        });
    }

    /** Closes all, and those in use once they come back: the session is not the one that they were prepared for. */
    void forget() {
        ArrayDeque<Lease> old;
        synchronized (this) {
            age++;
            old = new ArrayDeque<>(idle);
            idle.clear();
        }
        old.forEach(lease -> lease.statement().close().subscribe());
    }

    private synchronized int age() {
        return age;
    }

    private synchronized @Nullable Lease find(String sql) {
        for (Iterator<Lease> latest = idle.descendingIterator(); latest.hasNext(); ) {
            Lease lease = latest.next();
            if (lease.sql().equals(sql)) {
                latest.remove();
                return lease;
            }
        }
        return null;
    }

    private synchronized @Nullable Lease keep(Lease lease) {
        if (lease.age() != age || limit == 0 || !lease.statement().isUsable()) {
            return lease;
        }
        idle.add(lease);
        return idle.size() > limit ? idle.poll() : null;
    }
}
