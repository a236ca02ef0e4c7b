package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.wire.FrameFormat;
import io.weir.core.wire.WireSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientEventsTest {

    private static final Duration TOOK = Duration.ofMillis(3);

    /** Writes down what it hears, and throws afterwards if it was told to. */
    private static final class Listener implements ClientEvents {
        private final List<String> heard = new ArrayList<>();
        private final Throwable error;

        Listener(Throwable error) {
            this.error = error;
        }

        private void hear(Object... event) {
            heard.add(List.of(event).toString());
            if (error instanceof Error e) {
                throw e;
            }
            if (error instanceof RuntimeException e) {
                throw e;
            }
        }

        @Override
        public void connected(String system, String endpoint, Duration took) {
            hear("connected", system, endpoint, took);
        }

        @Override
        public void connectFailed(String system, String endpoint, Duration took, ErrorKind kind) {
            hear("connectFailed", system, endpoint, took, kind);
        }

        @Override
        public void disconnected(String system, String endpoint, boolean lost) {
            hear("disconnected", system, endpoint, lost);
        }

        @Override
        public void exchanged(String system, String endpoint, String operation, Duration took) {
            hear("exchanged", system, endpoint, operation, took);
        }

        @Override
        public void exchangeFailed(String system, String endpoint, String operation, Duration took, ErrorKind kind) {
            hear("exchangeFailed", system, endpoint, operation, took, kind);
        }

        @Override
        public void rows(String system, String endpoint, int rows) {
            hear("rows", system, endpoint, rows);
        }
    }

    private static void everything(ClientEvents events) {
        events.connected("marsh", "h:1", TOOK);
        events.connectFailed("marsh", "h:1", TOOK, ErrorKind.AUTH);
        events.exchanged("marsh", "h:1", "query", TOOK);
        events.exchangeFailed("marsh", "h:1", "query", TOOK, ErrorKind.TIMEOUT);
        events.rows("marsh", "h:1", 7);
        events.disconnected("marsh", "h:1", true);
    }

    private static final List<String> ALL = List.of(
            "[connected, marsh, h:1, PT0.003S]",
            "[connectFailed, marsh, h:1, PT0.003S, AUTH]",
            "[exchanged, marsh, h:1, query, PT0.003S]",
            "[exchangeFailed, marsh, h:1, query, PT0.003S, TIMEOUT]",
            "[rows, marsh, h:1, 7]",
            "[disconnected, marsh, h:1, true]");

    private static String logged(Runnable action) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(StandardCharsets.UTF_8);
    }

    @Test
    void everyListenerHearsEverything() {
        Listener first = new Listener(null);
        Listener second = new Listener(null);
        everything(ClientEvents.all(first, second));

        assertThat(first.heard).isEqualTo(ALL);
        assertThat(second.heard).isEqualTo(ALL);
    }

    @Test
    void aListenerThatThrowsKeepsNobodyFromHearingAndIsLoggedOnce() {
        Listener throwing = new Listener(new IllegalStateException("no meters today"));
        Listener linkage = new Listener(new NoClassDefFoundError("io/metrics/Gone"));
        Listener last = new Listener(null);
        ClientEvents events = ClientEvents.all(throwing, linkage, last);

        String log = logged(() -> everything(events));

        assertThat(throwing.heard).isEqualTo(ALL);
        assertThat(linkage.heard).isEqualTo(ALL);
        assertThat(last.heard).isEqualTo(ALL);
        assertThat(log).containsOnlyOnce("no meters today").containsOnlyOnce("io/metrics/Gone");
    }

    @Test
    void whatKillsTheJvmIsNotHeldOff() {
        ClientEvents events = ClientEvents.all(new Listener(new OutOfMemoryError("heap")));

        assertThatThrownBy(() -> events.rows("marsh", "h:1", 1)).isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void nobodyIsNobodySoThatNothingNeedsToBeMeasured() {
        assertThat(ClientEvents.all()).isSameAs(ClientEvents.NONE);
        assertThat(ClientEvents.all(ClientEvents.NONE, ClientEvents.all())).isSameAs(ClientEvents.NONE);
    }

    @Test
    void groupsWithinGroupsHearEachEventOnce() {
        Listener listener = new Listener(null);
        everything(ClientEvents.all(ClientEvents.all(ClientEvents.all(listener)), ClientEvents.NONE));

        assertThat(listener.heard).isEqualTo(ALL);
    }

    @Test
    void aWireHoldsOffWhateverListenerItIsGiven() {
        Listener throwing = new Listener(new IllegalStateException("no meters today"));
        ClientEvents events = WireSettings.of("marsh", FrameFormat.INT32_LENGTH)
                .withEvents(throwing)
                .socket()
                .events();

        String log = logged(() -> events.rows("marsh", "h:1", 1));

        assertThat(throwing.heard).containsExactly("[rows, marsh, h:1, 1]");
        assertThat(log).contains("no meters today");
    }
}
