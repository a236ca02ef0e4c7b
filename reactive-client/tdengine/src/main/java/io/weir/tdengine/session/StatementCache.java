package io.weir.tdengine.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The prepared statements of a session that nobody uses at the moment, the one that was used last at the end. A statement
 * does one thing at a time, so it is taken out while it works, and who finds none prepares one more.
 */
final class StatementCache {

    /** A statement that is in somebody's hands. */
    record Lease(String sql, Prepared statement, Names.Age age) {}

    private final Session session;
    private final Names names;
    private final int limit;
    private final ArrayDeque<Lease> idle = new ArrayDeque<>();

    StatementCache(Session session, Names names, int limit) {
        this.session = session;
        this.names = names;
        this.limit = limit;
    }

    /** Prepares the statement, unless it is there already. */
    Mono<Lease> take(String sql) {
        return Mono.defer(() -> {
            Names.Age now = names.age();
            List<Lease> old = new ArrayList<>();
            Lease found = find(sql, now, old);
            close(old);
            return found != null
                    ? Mono.just(found)
                    : session.prepare(sql).map(statement -> new Lease(sql, statement, now));
        });
    }

    /** Keeps the statement, if it is as good as before; closes one that was not used for longest, if there are too many. */
    Mono<Void> giveBack(Lease lease) {
        return Mono.defer(() -> {
            Lease tooMany = keep(lease);
            return tooMany == null ? Mono.empty() : tooMany.statement().close();
        });
    }

    /** Closes those that stand for something else by now. */
    void closeOld() {
        List<Lease> old = new ArrayList<>();
        removeOld(names.age(), old);
        close(old);
    }

    private static void close(List<Lease> old) {
        old.forEach(lease -> lease.statement().close().subscribe());
    }

    private synchronized @Nullable Lease find(String sql, Names.Age now, List<Lease> old) {
        removeOld(now, old);
        for (Iterator<Lease> latest = idle.descendingIterator(); latest.hasNext(); ) {
            Lease lease = latest.next();
            if (lease.sql().equals(sql)) {
                latest.remove();
                return lease;
            }
        }
        return null;
    }

    private synchronized void removeOld(Names.Age now, List<Lease> old) {
        // Those in the front are the older ones.
        while (!idle.isEmpty() && !idle.getFirst().age().equals(now)) {
            old.add(idle.removeFirst());
        }
    }

    private synchronized @Nullable Lease keep(Lease lease) {
        if (!lease.age().equals(names.age()) || limit == 0 || !lease.statement().isUsable()) {
            return lease;
        }
        idle.add(lease);
        return idle.size() > limit ? idle.poll() : null;
    }
}
