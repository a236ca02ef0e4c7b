package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.WeirException;
import io.weir.iotdb.type.Dialect;
import io.weir.server.iotdb.SharedIotdb;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class IotdbClientIT {

    private static final IotdbClient CLIENT = IotdbClient.create(SharedIotdb.url());

    @AfterAll
    static void close() {
        CLIENT.close().block();
    }

    @Test
    void theServerTellsItsVersion() {
        StepVerifier.create(CLIENT.query("show version", row -> String.valueOf(row.getString(0))))
                .assertNext(version -> assertThat(version).isNotEmpty())
                .verifyComplete();
        StepVerifier.create(CLIENT.server())
                .assertNext(server -> assertThat(server.version()).isNotEmpty())
                .verifyComplete();
    }

    @Test
    void aRefusalIsAnErrorWithTheServersCode() {
        StepVerifier.create(CLIENT.execute("selec"))
                .verifyErrorSatisfies(e -> assertThat(e)
                        .isInstanceOfSatisfying(
                                WeirException.class, w -> assertThat(w.code()).isEqualTo(700)));
    }

    @Test
    void aSessionTellsWhatItIs() {
        StepVerifier.create(RealSession.client(SharedIotdb.url(), Dialect.TABLE)
                        .inSession(session -> Mono.fromSupplier(() -> session.endpoint()
                                + " " + session.dialect()
                                + " " + session.database()
                                + " " + session.server().version().isEmpty())))
                .expectNext(SharedIotdb.host() + ":" + SharedIotdb.port() + " TABLE null false")
                .verifyComplete();
    }

    @Test
    void aSessionOfOnesOwnIsClosedByWhoOpenedIt() {
        StepVerifier.create(CLIENT.session()
                        .flatMap(session -> session.ping()
                                .then(session.close())
                                .then(session.onClose())
                                .then(Mono.fromCallable(session::isOpen))))
                .expectNext(false)
                .verifyComplete();
    }

    @Test
    void useIsRefusedWhereTheSessionIsShared() {
        StepVerifier.create(CLIENT.execute(" use db1"))
                .verifyErrorSatisfies(e -> assertThat(e).hasMessageContaining("inSession"));
    }

    @Test
    void aLentSessionIsClosedInTheEnd() {
        StepVerifier.create(CLIENT.inSession(session -> session.ping().thenReturn(session))
                        .flatMap(session -> session.onClose().then(Mono.fromCallable(session::isOpen))))
                .expectNext(false)
                .verifyComplete();
    }

    @Test
    void pingAnswers() {
        StepVerifier.create(CLIENT.ping()).expectNext(true).verifyComplete();
    }
}
