package io.weir.testkit.guard;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The buffers that have been allocated and not yet been released, in the whole JVM. Filled by {@link CountingLeakDetector}. */
public final class LiveBuffers {

    /** {@code -Dweir.test.bufferStacks=false} saves a stack trace per buffer; leaks are then found, but not where they began. */
    private static final boolean STACKS = !"false".equals(System.getProperty("weir.test.bufferStacks"));

    private static final int FRAMES_SHOWN = 30;

    private static final Set<Live> LIVE = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final AtomicLong NUMBERS = new AtomicLong();

    // A monitor, not a lock of java.util.concurrent: buffers are released on event loops, and these must not be parked.
    private static final Object CHANGED = new Object();
    private static final AtomicInteger WAITING = new AtomicInteger();

    private LiveBuffers() {}

    /** How many are live now. */
    public static int count() {
        return COUNT.get();
    }

    /** Waits until no more than so many are live. False if it takes longer than the patience. */
    public static boolean awaitAtMost(int most, Duration patience) throws InterruptedException {
        if (count() <= most) {
            return true;
        }
        long end = System.nanoTime() + patience.toNanos();
        WAITING.incrementAndGet();
        try {
            synchronized (CHANGED) {
                while (count() > most) {
                    long millis = (end - System.nanoTime()) / 1_000_000;
                    if (millis <= 0) {
                        return false;
                    }
                    CHANGED.wait(millis);
                }
            }
            return true;
        } finally {
            WAITING.decrementAndGet();
        }
    }

    /** A point in time for {@link #describeSince}. */
    static long mark() {
        return NUMBERS.get();
    }

    /** Where the live buffers made after the mark come from; equal origins are counted together. */
    static String describeSince(long mark) {
        List<Live> since = LIVE.stream()
                .filter(live -> live.number > mark)
                .sorted(Comparator.comparingLong(live -> live.number))
                .toList();
        Map<String, Integer> origins = new LinkedHashMap<>();
        since.forEach(live -> origins.merge(live.origin(), 1, Integer::sum));
        StringBuilder text = new StringBuilder();
        origins.forEach((origin, times) -> text.append(times)
                .append(times == 1 ? " buffer" : " buffers")
                .append(" made")
                .append(origin));
        return text.toString();
    }

    static Live opened() {
        Live live = new Live(NUMBERS.incrementAndGet(), STACKS ? new Throwable() : null);
        LIVE.add(live);
        COUNT.incrementAndGet();
        return live;
    }

    static boolean closed(Live live) {
        if (!LIVE.remove(live)) {
            return false;
        }
        COUNT.decrementAndGet();
        if (WAITING.get() > 0) {
            synchronized (CHANGED) {
                CHANGED.notifyAll();
            }
        }
        return true;
    }

    /** One live buffer. Does not hold the buffer itself. */
    static final class Live {

        private final long number;
        private final @Nullable Throwable origin;

        private Live(long number, @Nullable Throwable origin) {
            this.number = number;
            this.origin = origin;
        }

        private String origin() {
            if (origin == null) {
                return " (run with -Dweir.test.bufferStacks=true to see where)\n";
            }
            StringBuilder text = new StringBuilder(":\n");
            int shown = 0;
            for (StackTraceElement frame : origin.getStackTrace()) {
                boolean ours = frame.getClassName().startsWith(LiveBuffers.class.getPackageName() + ".LiveBuffers")
                        || frame.getClassName().startsWith(CountingLeakDetector.class.getName());
                if (!ours && shown++ < FRAMES_SHOWN) {
                    text.append("    at ").append(frame).append('\n');
                }
            }
            return text.toString();
        }
    }
}
