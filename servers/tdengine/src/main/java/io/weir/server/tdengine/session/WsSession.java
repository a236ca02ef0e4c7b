package io.weir.server.tdengine.session;

import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.sql.SqlSession;
import io.weir.server.tdengine.sql.TaosError;
import io.weir.server.tdengine.ws.WebSocket;
import io.weir.server.tdengine.ws.WebSocket.Message;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One socket on /ws. Every message is worked on by a thread of its own: answers come as they are ready. */
public final class WsSession {

    private static final Set<String> BEFORE_LOGIN = Set.of("version", "conn", "check_server_status");

    private final Adapter adapter;
    private final WebSocket socket;
    private final Outbox outbox;
    private final boolean tokenInUrl;
    private final Results results;
    private final FetchActions fetching;
    private final Stmt2Actions statements;
    private final Map<String, Handler> actions = new HashMap<>();
    private volatile @Nullable SqlSession sql;

    public WsSession(Adapter adapter, WebSocket socket, boolean tokenInUrl) {
        this.adapter = adapter;
        this.socket = socket;
        this.outbox = new Outbox(socket, adapter.manners());
        this.tokenInUrl = tokenInUrl;
        this.results = new Results(adapter.counters());
        this.fetching = new FetchActions(this, adapter, results);
        new LoginActions(this, adapter).register(actions);
        QueryActions queries = new QueryActions(this, adapter, results);
        queries.register(actions);
        this.statements = new Stmt2Actions(this, adapter, results, queries);
        statements.register(actions);
        fetching.register(actions);
        InsertAction.register(actions, this, adapter);
    }

    /** Reads until the client is gone, and then frees what it left. */
    public void serve() {
        for (Message message = socket.read(); message != null; message = socket.read()) {
            if (!message.isText() && message.bytes().length == 0) {
                adapter.die("An empty binary frame came: it ends the real adapter's process.");
                return;
            }
            take(message);
        }
        results.freeAll();
        statements.closeAll();
    }

    private void take(Message message) {
        try {
            Request request = Protocol.read(message, outbox);
            fetching.announce(request);
            outbox.begun();
            adapter.workers().execute(() -> work(request));
        } catch (Protocol.BadMessage e) {
            e.answer();
        }
    }

    private void work(Request request) {
        try {
            if (!isConnected() && !BEFORE_LOGIN.contains(request.action())) {
                throw TaosError.adapter("server not connected");
            }
            Handler handler = actions.get(request.action());
            String refusal = request.refusal();
            if (handler == null && (refusal == null || !request.action().equals(Protocol.UNKNOWN))) {
                refusal = "unknown action " + request.action();
            }
            if (refusal != null) {
                throw TaosError.adapter(refusal);
            }
            Objects.requireNonNull(handler).handle(request);
        } catch (TaosError e) {
            request.fail(e.code(), e.text());
        } catch (RuntimeException e) {
            // The client must not hang, and the reason must be seen: it is a mistake of the stand-in.
            request.fail(TaosError.ADAPTER, "the stand-in failed: " + e);
        } finally {
            outbox.ended();
        }
    }

    WebSocket socket() {
        return socket;
    }

    boolean dropsAt(String place) {
        return adapter.manners().take(Manner.DROP, place);
    }

    boolean hasTokenInUrl() {
        return tokenInUrl;
    }

    boolean isConnected() {
        return sql != null;
    }

    void connected(SqlSession opened) {
        sql = opened;
    }

    SqlSession connected() {
        SqlSession connected = sql;
        if (connected == null) {
            throw TaosError.adapter("server not connected");
        }
        return connected;
    }
}
