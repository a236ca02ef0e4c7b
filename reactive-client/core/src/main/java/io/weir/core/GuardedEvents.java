package io.weir.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** See {@link ClientEvents#all}. */
final class GuardedEvents implements ClientEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ClientEvents.class);

    private record Guarded(ClientEvents listener, AtomicBoolean hasThrown) {}

    private final List<Guarded> listeners;

    private GuardedEvents(List<Guarded> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** Nobody for nobody, so that callers can see that they need not measure anything. */
    static ClientEvents of(List<ClientEvents> listeners) {
        List<Guarded> all = new ArrayList<>();
        for (ClientEvents listener : listeners) {
            if (listener instanceof GuardedEvents guarded) {
                all.addAll(guarded.listeners);
            } else if (listener != NONE) {
                all.add(new Guarded(listener, new AtomicBoolean()));
            }
        }
        return all.isEmpty() ? NONE : new GuardedEvents(all);
    }

    @Override
    public void connected(String system, String endpoint, Duration took) {
        tell(events -> events.connected(system, endpoint, took));
    }

    @Override
    public void connectFailed(String system, String endpoint, Duration took, ErrorKind kind) {
        tell(events -> events.connectFailed(system, endpoint, took, kind));
    }

    @Override
    public void disconnected(String system, String endpoint, boolean lost) {
        tell(events -> events.disconnected(system, endpoint, lost));
    }

    @Override
    public void exchanged(String system, String endpoint, String operation, Duration took) {
        tell(events -> events.exchanged(system, endpoint, operation, took));
    }

    @Override
    public void exchangeFailed(String system, String endpoint, String operation, Duration took, ErrorKind kind) {
        tell(events -> events.exchangeFailed(system, endpoint, operation, took, kind));
    }

    @Override
    public void rows(String system, String endpoint, int rows) {
        tell(events -> events.rows(system, endpoint, rows));
    }

    private void tell(Consumer<ClientEvents> event) {
        for (Guarded each : listeners) {
            try {
                event.accept(each.listener);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                // Linkage errors too: a metrics library of the wrong version must not take connections down.
                if (each.hasThrown.compareAndSet(false, true)) {
                    LOG.warn(
                            "Events listener {} throws; it is still told, and nothing more is logged of this",
                            nameOf(each),
                            e);
                }
            }
        }
    }

    /** Not its toString, which may throw as well. */
    private static String nameOf(Guarded each) {
        return each.listener.getClass().getName();
    }
}
