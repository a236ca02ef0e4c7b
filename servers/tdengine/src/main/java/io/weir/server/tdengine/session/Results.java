package io.weir.server.tdengine.session;

import io.weir.server.tdengine.manner.Hint;
import io.weir.server.tdengine.sql.Answer;
import io.weir.server.tdengine.sql.TaosError;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The results of one socket that are not yet read or freed. */
final class Results {

    private final Map<Long, OpenResult> open = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final Counters counters;

    Results(Counters counters) {
        this.counters = counters;
    }

    OpenResult add(Answer.Rows rows, Hint hint, Runnable onFree) {
        counters.openResults.incrementAndGet();
        OpenResult result = new OpenResult(lastId.incrementAndGet(), rows, hint, () -> {
            counters.openResults.decrementAndGet();
            onFree.run();
        });
        open.put(result.id(), result);
        return result;
    }

    @Nullable OpenResult find(long id) {
        return open.get(id);
    }

    OpenResult get(long id) {
        OpenResult result = open.get(id);
        if (result == null) {
            throw TaosError.adapter("result is nil");
        }
        return result;
    }

    void free(long id) {
        OpenResult result = open.remove(id);
        if (result != null) {
            result.free();
        }
    }

    void freeAll() {
        open.keySet().forEach(this::free);
    }
}
