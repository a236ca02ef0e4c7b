package io.weir.server.tdengine;

import io.weir.server.tdengine.http.HttpReader;
import io.weir.server.tdengine.http.HttpRequest;
import io.weir.server.tdengine.http.HttpWriter;
import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.rest.RestSql;
import io.weir.server.tdengine.rest.RestToken;
import io.weir.server.tdengine.session.Adapter;
import io.weir.server.tdengine.session.WsSession;
import io.weir.server.tdengine.tmq.Groups;
import io.weir.server.tdengine.tmq.TmqSession;
import io.weir.server.tdengine.ws.Handshake;
import io.weir.server.tdengine.ws.WebSocket;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One TCP connection: HTTP requests one after another, until one of them makes a WebSocket of it. */
final class Connection {

    private static final String TMQ = "/rest/tmq";

    private final Socket socket;
    private final Adapter adapter;
    private final Groups groups;
    private final Consumer<Connection> onEnd;
    private volatile @Nullable WebSocket webSocket;

    Connection(Socket socket, Adapter adapter, Groups groups, Consumer<Connection> onEnd) {
        this.socket = socket;
        this.adapter = adapter;
        this.groups = groups;
        this.onEnd = onEnd;
    }

    void serve() {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
            HttpReader requests = new HttpReader(in);
            HttpWriter answers = new HttpWriter(socket.getOutputStream());
            for (HttpRequest request = requests.next(); request != null; request = requests.next()) {
                if (request.method().equals("GET") && isWebSocket(request.path())) {
                    serveWebSocket(request, in, answers);
                    return;
                }
                answer(request, answers);
            }
        } catch (IOException e) {
            // The client is gone, or was no HTTP client.
        } finally {
            onEnd.accept(this);
        }
    }

    private static boolean isWebSocket(String path) {
        return path.equals("/ws") || path.equals(TMQ);
    }

    private void serveWebSocket(HttpRequest request, InputStream in, HttpWriter answers) throws IOException {
        if (!Handshake.isAskedFor(request)) {
            text(answers, 400, "Bad Request");
            return;
        }
        boolean deflate = Handshake.accept(request, answers, adapter.manners().is(Manner.DEFLATE));
        WebSocket opened = new WebSocket(socket, in, deflate, adapter.manners(), adapter.clock());
        webSocket = opened;
        adapter.counters().socketOpened();
        try {
            if (request.path().equals(TMQ)) {
                new TmqSession(adapter, opened, groups).serve();
            } else {
                new WsSession(adapter, opened, request.query().containsKey("token")).serve();
            }
        } finally {
            adapter.counters().socketClosed();
        }
    }

    private void answer(HttpRequest request, HttpWriter answers) throws IOException {
        boolean isPost = request.method().equals("POST");
        if (isPost && request.path().matches(RestSql.PATH + "(/[^/]+)?")) {
            new RestSql(adapter).answer(request, answers);
            return;
        } else if (isPost && request.path().matches(RestSql.PATH + "(/[^/]+)?/")) {
            String path = request.path();
            answers.head(307, Map.of("Location", path.substring(0, path.length() - 1), "Content-Length", "0"));
            return;
        } else if (RestToken.isMeant(request.path())) {
            RestToken.answer(request, adapter.accounts(), answers);
            return;
        }
        switch (request.path()) {
            case "/-/ping" -> text(answers, 200, "");
            case "/weir/manners", "/weir/state" -> new Control(adapter).answer(request, answers);
            case "/ws/" -> text(answers, 301, "");
            default -> text(answers, 404, "404 page not found");
        }
    }

    private static void text(HttpWriter answers, int status, String text) throws IOException {
        answers.send(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    void keepAlive() {
        WebSocket opened = webSocket;
        if (opened != null) {
            opened.keepAlive();
        }
    }

    void close() {
        try (socket) {
            socket.shutdownOutput();
        } catch (IOException e) {
            // It is closed as far as it can be.
        }
    }
}
