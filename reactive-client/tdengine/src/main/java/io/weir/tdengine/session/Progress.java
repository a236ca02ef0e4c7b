package io.weir.tdengine.session;

import io.weir.tdengine.type.TopicPlace;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far each log was handed out, processed and committed. Messages may be processed in any order: what may be committed
 * ends in front of the first one that is not done.
 */
final class Progress {

    private static final class Open {
        private final Delivery delivery;
        private boolean done;

        Open(Delivery delivery) {
            this.delivery = delivery;
        }
    }

    private static final class Log {
        private final ArrayDeque<Open> open = new ArrayDeque<>();
        private long handedOut;
        private long processed = -1;
        private long committed = -1;
    }

    private final Map<TopicPlace, Log> logs = new HashMap<>();

    synchronized void handedOut(Delivery delivery) {
        Log log = logs.computeIfAbsent(delivery.place(), any -> new Log());
        log.handedOut = delivery.next();
        log.open.add(new Open(delivery));
    }

    /** Marks a message as done, and tells whether there is more to be committed now. */
    synchronized boolean processed(Delivery delivery) {
        Log log = logs.get(delivery.place());
        if (log == null) {
            return false;
        }
        for (Open open : log.open) {
            if (open.delivery.equals(delivery)) {
                open.done = true;
                break;
            }
        }
        boolean more = false;
        for (Open first = log.open.peek(); first != null && first.done; first = log.open.peek()) {
            log.processed = first.delivery.next();
            log.open.remove();
            more = true;
        }
        return more;
    }

    /** What was processed and is not committed yet. */
    synchronized Map<TopicPlace, Long> committable() {
        Map<TopicPlace, Long> offsets = new LinkedHashMap<>();
        logs.forEach((place, log) -> {
            if (log.processed > log.committed) {
                offsets.put(place, log.processed);
            }
        });
        return offsets;
    }

    synchronized void committed(TopicPlace place, long offset) {
        Log log = logs.get(place);
        if (log != null) {
            log.committed = offset;
            // Who commits a message by itself has done with those before it.
            while (!log.open.isEmpty() && log.open.element().delivery.next() <= offset) {
                log.open.remove();
            }
        }
    }

    /** The reader goes on elsewhere in this log. */
    synchronized void forget(TopicPlace place) {
        logs.remove(place);
    }

    /** Behind the last message that was handed out; 0 if none was. */
    synchronized long end(TopicPlace place) {
        Log log = logs.get(place);
        return log == null ? 0 : log.handedOut;
    }
}
