package io.weir.tdengine;

import static io.weir.tdengine.StandIn.errorOf;
import static io.weir.tdengine.StandIn.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.server.tdengine.TdengineServerOptions;
import io.weir.server.tdengine.TdengineStandIn;
import io.weir.server.tdengine.manner.Manner;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ways to log in, and what a session begins with. */
class LoginStandInTest {

    private TdengineStandIn server;

    @BeforeEach
    void start() {
        server = TdengineStandIn.start(TdengineServerOptions.defaults());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ClosingClient client(String user, String query) {
        return ClosingClient.of("tdengine://" + user + "127.0.0.1:" + server.port() + "/" + query);
    }

    private static TdengineSession session(ClosingClient at) {
        return get(at.client().session());
    }

    @Test
    void aSecondFactorIsSentWithThePassword() {
        try (ClosingClient right = client("root:taosdata@", "?totpCode=123456");
                ClosingClient wrong = client("root:taosdata@", "?totpCode=654321")) {
            assertThat(session(right).isOpen()).isTrue();
            WeirException error = errorOf(wrong.client().session());
            assertThat(error.kind()).isEqualTo(ErrorKind.AUTH);
            assertThat(error).hasMessageContaining("user 'root'").hasMessageNotContaining("654321");
        }
    }

    @Test
    void aSubscriptionHasNoPlaceForASecondFactorAndSaysWhatWorks() {
        try (ClosingClient at = client("root:taosdata@", "?totpCode=123456")) {
            WeirException error = errorOf(at.client().consumer(TdengineSubscription.of("g", "t")));
            assertThat(error.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
            assertThat(error.sent()).isEqualTo(WeirException.Sent.NO);
            assertThat(error)
                    .hasMessageContaining("totpCode")
                    .hasMessageContaining("bearerToken")
                    .hasMessageNotContaining("123456");
        }
        // Of two ways to log in the token is taken, and that one works: what is wrong is the topic.
        try (ClosingClient both = client("root:taosdata@", "?totpCode=123456&bearerToken=weir-token")) {
            assertThat(errorOf(both.client().consumer(TdengineSubscription.of("g", "t"))))
                    .hasMessageContaining("Topic");
        }
    }

    @Test
    void aBearerOfATokenNeedsNoPassword() {
        try (ClosingClient bearer = client("", "?bearerToken=weir-token")) {
            assertThat(session(bearer).isOpen()).isTrue();
            assertThat(server.lastConn()).doesNotContainKeys("user", "totp_code");
        }
    }

    @Test
    void anExpiredTokenIsToldAndOneThatWorksAgainIsUsedAtOnce() {
        try (ClosingClient bearer = client("", "?bearerToken=weir-token")) {
            server.manners().set(Manner.TOKEN_EXPIRED, true);
            WeirException error = errorOf(bearer.client().run("SELECT 1"));
            assertThat(error.kind()).isEqualTo(ErrorKind.AUTH);
            assertThat(error).hasMessageContaining("the bearer of a token").hasMessageNotContaining("weir-token");
            server.manners().set(Manner.TOKEN_EXPIRED, false);
            assertThat(get(bearer.client().ping())).isTrue();
        }
    }

    @Test
    void zoneApplicationAndAddressAreToldAtTheLogin() {
        try (ClosingClient at = client("root:taosdata@", "?zone=Asia/Shanghai&application=plant&userIp=10.1.2.3")) {
            TdengineSession session = session(at);
            assertThat(session.zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
            assertThat(server.lastConn())
                    .containsEntry("tz", "Asia/Shanghai")
                    .containsEntry("app", "plant")
                    .containsEntry("ip", "10.1.2.3")
                    .containsEntry("connector", "weir")
                    .doesNotContainKeys("mode", "totp_code", "bearer_token");
        }
    }

    @Test
    void businessIntelligenceIsAModeOfTheLogin() {
        try (ClosingClient at = client("root:taosdata@", "?businessIntelligence=true")) {
            assertThat(session(at).isOpen()).isTrue();
            assertThat(server.lastConn()).containsEntry("mode", 0L);
        }
    }

    @Test
    void anUnknownUserIsNamed() {
        try (ClosingClient at = client("nobody:taosdata@", "")) {
            WeirException error = errorOf(at.client().run("SELECT 1"));
            assertThat(error.kind()).isEqualTo(ErrorKind.AUTH);
            assertThat(error.code()).isEqualTo(0x351);
            assertThat(error).hasMessageContaining("user 'nobody'");
        }
    }

    @Test
    void aFailedLoginLeavesNoSocketBehind() {
        try (ClosingClient at = client("root:wrong@", "")) {
            assertThat(errorOf(at.client().run("SELECT 1")).sent()).isNotEqualTo(WeirException.Sent.MAYBE);
            Await.until(() -> server.counters().sockets() == 0);
        }
    }
}
