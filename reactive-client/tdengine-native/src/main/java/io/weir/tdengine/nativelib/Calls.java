package io.weir.tdengine.nativelib;

import com.sun.jna.CallbackThreadInitializer;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who waits for which asynchronous call. The library carries a number of ours through, and calls one function for all.
 *
 * <p>What is registered here is called on a thread that belongs to the library: it hops to its event loop at once.
 */
final class Calls implements Libtaos.Done {

    /** Hears of the end of a call. */
    interface Waiting {
        void done(@Nullable Pointer result, int code);
    }

    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    Calls() {
        // The library's threads stay attached: attaching them for each call would cost more than most calls.
        Native.setCallbackThreadInitializer(this, new CallbackThreadInitializer(true, false, "libtaos"));
    }

    /** For one call. */
    Pointer once(Waiting hears) {
        long number = numbers.incrementAndGet();
        waiting.put(number, (result, code) -> {
            waiting.remove(number);
            hears.done(result, code);
        });
        return new Pointer(number);
    }

    /** For all calls until {@link #forget}. */
    Pointer keep(Waiting hears) {
        long number = numbers.incrementAndGet();
        waiting.put(number, hears);
        return new Pointer(number);
    }

    void forget(Pointer param) {
        waiting.remove(Pointer.nativeValue(param));
    }

    /** How many there are. */
    int size() {
        return waiting.size();
    }

    @Override
    public void done(@Nullable Pointer param, @Nullable Pointer result, int code) {
        Waiting hears = waiting.get(Pointer.nativeValue(param));
        if (hears != null) {
            hears.done(result, code);
        }
    }
}
