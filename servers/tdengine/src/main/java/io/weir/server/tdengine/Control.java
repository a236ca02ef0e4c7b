package io.weir.server.tdengine;

import io.weir.server.tdengine.http.HttpRequest;
import io.weir.server.tdengine.http.HttpWriter;
import io.weir.server.tdengine.json.JsonText;
import io.weir.server.tdengine.manner.Manner;
import io.weir.server.tdengine.session.Adapter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stand-in's own endpoints, for tests in other processes: {@code /weir/manners?drop=block}, {@code /weir/state}. */
final class Control {

    private final Adapter adapter;

    Control(Adapter adapter) {
        this.adapter = adapter;
    }

    void answer(HttpRequest request, HttpWriter answers) throws IOException {
        try {
            Object shown = request.path().endsWith("state") ? state() : manners(request);
            send(answers, 200, shown);
        } catch (IllegalArgumentException e) {
            send(answers, 400, Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private Object manners(HttpRequest request) {
        if (request.method().equals("DELETE")) {
            adapter.manners().reset();
        }
        Map<Manner, String> wanted = new LinkedHashMap<>();
        request.query().forEach((name, value) -> wanted.put(Manner.of(name), value));
        wanted.forEach(adapter.manners()::set);
        return adapter.manners().all();
    }

    private Object state() {
        Map<String, @Nullable Object> state =
                new LinkedHashMap<>(adapter.counters().all());
        state.put("lastConn", adapter.lastConn());
        return state;
    }

    private static void send(HttpWriter answers, int status, Object shown) throws IOException {
        answers.send(status, "application/json", JsonText.of(shown).getBytes(StandardCharsets.UTF_8));
    }
}
