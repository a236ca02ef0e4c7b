package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.iotdb.type.Dialect;
import io.weir.server.iotdb.SharedIotdb;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What an older server makes of a statement to prepare. */
class PreparedIT {

    @Test
    void aServerWithoutTheCallSaysSoAndTheSessionGoesOn() {
        IotdbClient client = RealSession.client(SharedIotdb.url(), Dialect.TABLE);
        StepVerifier.create(client.inSession(session -> session.prepare("show version")
                        .thenReturn(true)
                        .onErrorResume(e -> {
                            assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.UNSUPPORTED);
                            assertThat(e).hasMessageContaining("does not prepare statements");
                            return Mono.just(false);
                        })
                        .concatWith(session.ping())))
                .expectNext(false, true)
                .verifyComplete();
        client.close().block();
    }
}
