package io.weir.server.tdengine.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** What a test may want to know afterwards. */
public final class Counters {

    final AtomicLong sockets = new AtomicLong();
    final AtomicLong socketsEver = new AtomicLong();
    final AtomicLong openResults = new AtomicLong();
    final AtomicLong openStatements = new AtomicLong();
    final AtomicLong prepared = new AtomicLong();
    final AtomicLong statements = new AtomicLong();
    final AtomicLong blocks = new AtomicLong();
    final AtomicLong overlappingFetches = new AtomicLong();
    final AtomicLong freed = new AtomicLong();

    /** Sockets that are open now, on /ws and /rest/tmq. */
    public long sockets() {
        return sockets.get();
    }

    public void socketOpened() {
        sockets.incrementAndGet();
        socketsEver.incrementAndGet();
    }

    public void socketClosed() {
        sockets.decrementAndGet();
    }

    public long socketsEver() {
        return socketsEver.get();
    }

    /** Results that were neither read to their end nor freed. */
    public long openResults() {
        return openResults.get();
    }

    public long openStatements() {
        return openStatements.get();
    }

    /** Prepared statements that were ever opened. */
    public long prepared() {
        return prepared.get();
    }

    /** Statements that ran or failed, over all ways. */
    public long statements() {
        return statements.get();
    }

    public void ran() {
        statements.incrementAndGet();
    }

    public long blocks() {
        return blocks.get();
    }

    /** Fetches of a result that came while another one of the same result was not yet answered: a client's mistake. */
    public long overlappingFetches() {
        return overlappingFetches.get();
    }

    /** free_result messages. */
    public long freed() {
        return freed.get();
    }

    public Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("sockets", sockets());
        all.put("socketsEver", socketsEver());
        all.put("openResults", openResults());
        all.put("openStatements", openStatements());
        all.put("prepared", prepared());
        all.put("statements", statements());
        all.put("blocks", blocks());
        all.put("overlappingFetches", overlappingFetches());
        all.put("freed", freed());
        return all;
    }
}
