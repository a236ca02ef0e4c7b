package io.weir.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Endpoint;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can not be brought about on every machine. */
class ConnectErrorsTest {

    private static final Endpoint HOST = new Endpoint("db.example", 6667);

    private final ConnectErrors errors = new ConnectErrors(SocketSettings.of("toy"));

    @Test
    void anUnknownHostIsNamedWithWhatToCheck() {
        WeirException e = errors.explain(HOST, new IllegalStateException(new UnknownHostException("NXDOMAIN")));
        assertThat(e).hasMessageContainingAll("host name of db.example:6667 is unknown", "spelling", "DNS");
        assertThat(e.kind()).isEqualTo(ErrorKind.CONNECT);
        assertThat(e.sent()).isEqualTo(WeirException.Sent.NO);
    }

    @Test
    void whateverElseIsPassedOnWithTheHost() {
        WeirException e = errors.explain(HOST, new NoRouteToHostException("No route to host"));
        assertThat(e).hasMessageContainingAll("db.example:6667", "No route to host");
        assertThat(e.kind()).isEqualTo(ErrorKind.CONNECT);
    }

    @ParameterizedTest
    @CsvSource({
        "RESOLVING, the name was not resolved, DNS",
        "TCP, did not answer at all, firewall",
        "TLS, the TLS handshake was not answered, sslMode",
        "LOGIN, the login was not answered, toy port"
    })
    void aTimeOutSaysHowFarItCame(Attempt.Stage stage, String first, String second) {
        WeirException e = errors.timeout(HOST, Duration.ofSeconds(2), stage);
        assertThat(e).hasMessageContainingAll("db.example:6667", "2000 ms", first, second);
        assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT);
    }
}
