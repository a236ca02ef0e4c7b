package io.weir.server.tdengine.session;

import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.manner.Manners;
import io.weir.server.tdengine.ws.WebSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Sends a socket's answers: at once, late, or last first. */
public final class Outbox {

    private final WebSocket socket;
    private final Manners manners;
    private final List<Runnable> held = new ArrayList<>();
    private int inWork;

    public Outbox(WebSocket socket, Manners manners) {
        this.socket = socket;
        this.manners = manners;
    }

    /** A request was taken; {@link #ended} must follow. */
    synchronized void begun() {
        inWork++;
    }

    synchronized void ended() {
        inWork--;
        if (inWork == 0) {
            flush();
        }
    }

    public void text(String json) {
        answer(() -> socket.sendText(json));
    }

    public void binary(byte[] bytes) {
        answer(() -> socket.sendBinary(bytes));
    }

    private void answer(Runnable sending) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(manners.number(Manner.DELAY_MILLIS)));
        int wanted = manners.number(Manner.REORDER);
        if (wanted <= 1) {
            sending.run();
            return;
        }
        synchronized (this) {
            held.add(sending);
            if (held.size() >= wanted) {
                flush();
            }
        }
    }

    private synchronized void flush() {
        Collections.reverse(held);
        held.forEach(Runnable::run);
        held.clear();
    }
}
