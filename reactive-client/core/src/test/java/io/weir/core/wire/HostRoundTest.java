package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Endpoint;
import io.weir.core.Endpoints;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** From host to host. */
class HostRoundTest {

    private static final Endpoint ONE = new Endpoint("one", 1);
    private static final Endpoint TWO = new Endpoint("two", 2);

    private final Endpoints hosts = Endpoints.of(List.of(ONE, TWO), Endpoints.Choice.IN_ORDER);
    private final List<String> tried = new ArrayList<>();

    private static WeirException error(ErrorKind kind) {
        return WeirException.of(kind, "no").endpoint("somewhere").build();
    }

    private HostRound round(Duration limit) {
        return new HostRound("toy", limit, () -> 0);
    }

    @Test
    void severalHostsThatAreAllSilentAreATimeOut() {
        WeirException silent = error(ErrorKind.TIMEOUT);
        WeirException unknown = error(ErrorKind.CONNECT);
        assertThat(HostRound.all("toy", List.of(silent, silent)).kind()).isEqualTo(ErrorKind.TIMEOUT);
        assertThat(HostRound.all("toy", List.of(silent, unknown)).kind()).isEqualTo(ErrorKind.CONNECT);
        assertThat(HostRound.all("toy", List.of(silent, unknown)).getSuppressed())
                .containsExactly(silent, unknown);
        assertThat(HostRound.all("toy", List.of(unknown))).isSameAs(unknown);
    }

    @Test
    void theNextHostIsTriedWithWhatIsLeftOfTheTimeAndTheFirstIsLeftAlone() {
        Sinks.Empty<Void> end = Sinks.empty();
        Mono<String> connected = round(Duration.ofSeconds(10)).first(hosts, (host, limit, life) -> {
            tried.add(host + " " + limit.toSeconds());
            if (host.equals(ONE)) {
                return Mono.error(error(ErrorKind.CONNECT));
            }
            life.accept(end.asMono());
            return Mono.just("there");
        });
        assertThat(connected.block()).isEqualTo("there");
        assertThat(tried).containsExactly("one:1 5", "two:2 10");
        assertThat(hosts.backoff(ONE).remaining()).isPositive();
        assertThat(hosts.connections(ONE)).isZero();
        assertThat(hosts.connections(TWO)).isEqualTo(1);
        end.tryEmitEmpty();
        assertThat(hosts.connections(TWO)).isZero();
    }

    @Test
    void aWrongPasswordIsNotTriedElsewhere() {
        Mono<String> refused = round(Duration.ZERO).first(hosts, (host, limit, life) -> {
            tried.add(host + " " + limit);
            return Mono.error(error(ErrorKind.AUTH));
        });
        assertThat(refused.onErrorResume(
                                WeirException.class, e -> Mono.just(e.kind().name()))
                        .block())
                .isEqualTo("AUTH");
        assertThat(tried).containsExactly("one:1 PT0S");
        assertThat(hosts.connections(ONE)).isZero();
    }

    @Test
    void whoeverCancelsIsNotCountedAnyLonger() {
        Mono<String> never = round(Duration.ZERO).first(hosts, (host, limit, life) -> Mono.never());
        never.subscribe().dispose();
        assertThat(hosts.connections(ONE)).isZero();
    }
}
