package io.weir.server.tdengine.tmq;

import io.weir.server.tdengine.json.Json;
import io.weir.server.tdengine.session.Adapter;
import io.weir.server.tdengine.session.Args;
import io.weir.server.tdengine.session.ArgumentTypes;
import io.weir.server.tdengine.session.Outbox;
import io.weir.server.tdengine.session.Reply;
import io.weir.server.tdengine.sql.TaosError;
import io.weir.server.tdengine.ws.WebSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One socket on /rest/tmq: everything is done one after another, a blocking poll included. A newer poll takes the place
 * of one that still waits, which is never answered; nor is what can not be understood.
 */
public final class TmqSession {

    private final Adapter adapter;
    private final WebSocket socket;
    private final Outbox outbox;
    private final TmqActions actions;
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private volatile boolean gone;
    private final AtomicReference<@Nullable TmqRequest> waitingPoll = new AtomicReference<>();

    public TmqSession(Adapter adapter, WebSocket socket, Groups groups) {
        this.adapter = adapter;
        this.socket = socket;
        this.outbox = new Outbox(socket, adapter.manners());
        this.actions = new TmqActions(adapter, groups, outbox, socket);
    }

    /** Reads until the client is gone. */
    public void serve() {
        adapter.workers().execute(this::work);
        for (WebSocket.Message message = socket.read(); message != null; message = socket.read()) {
            TmqRequest request = message.isText() ? parse(message.text()) : null;
            if (request != null && request.action().equals("poll")) {
                waitingPoll.set(request);
                queue.add(this::poll);
            } else if (request != null) {
                queue.add(() -> handle(request));
            }
        }
        queue.add(() -> gone = true);
    }

    private static @Nullable TmqRequest parse(String json) {
        try {
            if (!(Json.parse(json) instanceof Map<?, ?> envelope)
                    || !(envelope.get("action") instanceof String action)
                    || !TmqActions.NAMES.contains(action)) {
                return null;
            }
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            if (envelope.get("args") instanceof Map<?, ?> given) {
                given.forEach((name, value) -> members.put(String.valueOf(name), value));
            }
            // The real adapter only logs what it does not understand.
            return ArgumentTypes.fitSubscription(action, members)
                    ? new TmqRequest(action, new Args(members), System.nanoTime())
                    : null;
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    private void work() {
        try {
            while (!gone) {
                queue.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            actions.leave();
        }
    }

    private void poll() {
        // Before the first subscribe a poll waits for it.
        TmqRequest request = actions.maySubscribeFirst() ? null : waitingPoll.getAndSet(null);
        if (request != null) {
            handle(request);
        }
    }

    private void handle(TmqRequest request) {
        try {
            actions.handle(request);
        } catch (TaosError e) {
            actions.refuse(request, e);
        } catch (IllegalArgumentException malformed) {
            // No answer, as from the real adapter.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The client must not hang, and the reason must be seen: it is a mistake of the stand-in.
            String text = "the stand-in failed: " + e;
            outbox.text(Reply.error(TaosError.ADAPTER, text, request.action(), request.requestId(), request.nanos())
                    .json());
        }
        if (request.action().equals("subscribe") && waitingPoll.get() != null) {
            queue.add(this::poll);
        }
    }
}
