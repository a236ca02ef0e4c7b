package io.weir.iotdb.session;

import io.weir.core.ClientEvents;
import io.weir.core.Credentials;
import io.weir.core.CredentialsSource;
import io.weir.core.Endpoint;
import io.weir.core.Page;
import io.weir.core.ResultPart;
import io.weir.core.wire.Connector;
import io.weir.core.wire.FrameFormat;
import io.weir.core.wire.WireSettings;
import io.weir.iotdb.protocol.ThriftFormat;
import io.weir.iotdb.type.Dialect;
import io.weir.testkit.ScriptedServer;
import java.time.Duration;
import java.time.ZoneId;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A session with a scripted server. */
final class ScriptedSession {

    /** The clock of statements, which only tests move. */
    final AtomicLong clock = new AtomicLong();

    private WireSettings wire = WireSettings.of("iotdb", FrameFormat.INT32_LENGTH);
    private CredentialsSource credentials = CredentialsSource.of(new Credentials("me", "s3cret"));

    private SessionSettings settings() {
        return new SessionSettings(
                ThriftFormat.BINARY,
                credentials,
                Dialect.TABLE,
                null,
                ZoneId.of("Asia/Tokyo"),
                100,
                1 << 20,
                Duration.ZERO,
                ClientEvents.NONE,
                (device, node) -> {},
                clock::get);
    }

    ScriptedSession withCredentials(CredentialsSource source) {
        credentials = source;
        return this;
    }

    ScriptedSession withWire(java.util.function.UnaryOperator<WireSettings> change) {
        wire = change.apply(wire);
        return this;
    }

    Mono<WireSession> open(ScriptedServer server) {
        return new Connector(wire)
                .connect(new Endpoint(server.host(), server.port()), w -> WireSession.login(w, settings()));
    }

    static WireSession to(ScriptedServer server) {
        return new ScriptedSession().open(server).block(Duration.ofSeconds(20));
    }

    static StatementSpec spec(String sql) {
        return StatementSpec.of(sql, 100, Duration.ZERO);
    }

    /** A statement's parts as texts; pages are read and closed. */
    static Flux<String> texts(WireSession session, String sql) {
        return session.run(spec(sql)).map(ScriptedSession::text);
    }

    static String text(ResultPart part) {
        if (part instanceof Page page) {
            try (page) {
                StringJoiner values = new StringJoiner(",", "[", "]");
                for (int row = 0; row < page.size(); row++) {
                    values.add(String.valueOf(page.row(row).get(0)));
                }
                return values.toString();
            }
        }
        return part instanceof ResultPart.Failure failure
                ? failure.error().kind() + " " + failure.error().code()
                : "End";
    }
}
