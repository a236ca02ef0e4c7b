package io.weir.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.core.Endpoints.Choice;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    private static final Endpoint A = new Endpoint("a", 1);
    private static final Endpoint B = new Endpoint("b", 2);
    private static final Endpoint C = new Endpoint("c", 3);

    private final Deque<Double> chances = new ArrayDeque<>();
    private long now;

    private Endpoints endpoints(Choice choice) {
        return Endpoints.of(
                List.of(A, B, C, A),
                choice,
                new Backoff.Timing(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1)),
                () -> now,
                () -> chances.isEmpty() ? 0.5 : chances.remove());
    }

    @Test
    void anEndpointIsWrittenAsInAUrl() {
        assertThat(new Endpoint("db.example", 6667)).hasToString("db.example:6667");
        assertThat(new Endpoint("::1", 6667)).hasToString("[::1]:6667");
        assertThat(new Endpoint("[::1]", 6667)).isEqualTo(new Endpoint("::1", 6667));
    }

    @Test
    void anEndpointThatCanNotBeIsRefused() {
        assertThatThrownBy(() -> new Endpoint(" ", 1)).hasMessageContaining("needs a host");
        assertThatThrownBy(() -> new Endpoint("h", 0)).hasMessageContaining("Port 0 of host 'h'");
        assertThatThrownBy(() -> new Endpoint("h", 65536)).hasMessageContaining("65535");
    }

    @Test
    void hostsAreTriedInTheOrderInWhichTheyAreWritten() {
        Endpoints endpoints = endpoints(Choice.IN_ORDER);
        assertThat(endpoints.all()).containsExactly(A, B, C);
        assertThat(endpoints.candidates()).containsExactly(A, B, C);
        assertThat(endpoints.candidates()).containsExactly(A, B, C);
    }

    @Test
    void hostsAreTriedInTurn() {
        Endpoints endpoints = endpoints(Choice.ROUND_ROBIN);
        assertThat(endpoints.candidates()).containsExactly(A, B, C);
        assertThat(endpoints.candidates()).containsExactly(B, C, A);
        assertThat(endpoints.candidates()).containsExactly(C, A, B);
        assertThat(endpoints.candidates()).containsExactly(A, B, C);
    }

    @Test
    void hostsAreTriedAsChanceWantsIt() {
        Endpoints endpoints = endpoints(Choice.RANDOM);
        chances.addAll(List.of(0.0, 0.0));
        assertThat(endpoints.candidates()).containsExactly(B, C, A);
        chances.addAll(List.of(0.99, 0.0));
        assertThat(endpoints.candidates()).containsExactly(B, A, C);
        chances.addAll(List.of(0.99, 0.99));
        assertThat(endpoints.candidates()).containsExactly(A, B, C);
    }

    @Test
    void theHostWithTheFewestConnectionsIsTriedFirstAndEqualOnesInTurn() {
        Endpoints endpoints = endpoints(Choice.LEAST_CONNECTIONS);
        assertThat(endpoints.candidates()).containsExactly(A, B, C);
        endpoints.opening(A);
        assertThat(endpoints.candidates()).containsExactly(B, C, A);
        endpoints.opening(B);
        endpoints.opening(B);
        endpoints.opening(C);
        assertThat(endpoints.candidates()).containsExactly(C, A, B);
        endpoints.ended(A);
        assertThat(endpoints.candidates()).startsWith(A);
        assertThat(endpoints.connections(B)).isEqualTo(2);
        endpoints.backoff(A).failed(new IllegalStateException("broken"));
        assertThat(endpoints.candidates()).endsWith(A);
        assertThatThrownBy(() -> endpoints.opening(new Endpoint("d", 4))).hasMessageContaining("d:4 is none of");
    }

    @Test
    void hostsThatHaveFailedComeLastTheOneWithTheShortestWaitFirst() {
        Endpoints endpoints = endpoints(Choice.IN_ORDER);
        endpoints.backoff(A).failed(new IllegalStateException("broken"));
        now += Duration.ofMillis(10).toNanos();
        endpoints.backoff(B).failed(new IllegalStateException("broken"));
        assertThat(endpoints.candidates()).containsExactly(C, A, B);
        now += Duration.ofMillis(70).toNanos();
        assertThat(endpoints.candidates()).as("the wait of the first is over").containsExactly(A, C, B);
        endpoints.backoff(B).succeeded();
        assertThat(endpoints.candidates()).containsExactly(A, B, C);
    }

    @Test
    void whenAllHaveFailedAllAreStillCandidates() {
        Endpoints endpoints = endpoints(Choice.IN_ORDER);
        endpoints.all().forEach(e -> endpoints.backoff(e).failed(new IllegalStateException("broken")));
        assertThat(endpoints.candidates()).containsExactly(A, B, C);
    }

    @Test
    void thereIsOneOwnerOfBackOffPerEndpoint() {
        Endpoints endpoints = endpoints(Choice.IN_ORDER);
        assertThat(endpoints.backoff(A)).isSameAs(endpoints.backoff(new Endpoint("a", 1)));
        assertThatThrownBy(() -> endpoints.backoff(new Endpoint("x", 9))).hasMessageContainingAll("x:9", "a:1, b:2");
    }

    @Test
    void noHostAtAllIsRefused() {
        assertThatThrownBy(() -> Endpoints.of(List.of(), Choice.RANDOM)).hasMessageContaining("At least one host");
    }

    @Test
    void allRestAsLongAsTheOneThatMayBeTriedFirst() {
        Endpoints endpoints = endpoints(Choice.IN_ORDER);
        assertThat(endpoints.rest()).isZero();
        RuntimeException gone = new IllegalStateException("gone");
        endpoints.all().forEach(host -> endpoints.backoff(host).failed(gone));
        Duration shortest = endpoints.backoff(A).remaining();
        assertThat(endpoints.rest()).isEqualTo(shortest).isPositive();
        endpoints.backoff(B).succeeded();
        assertThat(endpoints.rest()).isZero();
    }
}
