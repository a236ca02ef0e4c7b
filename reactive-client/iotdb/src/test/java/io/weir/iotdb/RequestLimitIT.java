package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.server.iotdb.IotdbServer;
import io.weir.server.iotdb.IotdbServerOptions;
import io.weir.server.iotdb.SharedIotdb;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Requests that are too long for the server, or for us. */
class RequestLimitIT {

    /** The least that a server can be set to is 8 MiB. */
    private static final int SERVER_LIMIT = 1 << 24;

    private static void refused(IotdbClient client, int length, String limit) {
        String insert = "insert into root.limits.d(time, t) values (1, '" + "x".repeat(length) + "')";
        StepVerifier.create(client.inSession(session -> session.execute(insert)
                        .thenReturn("written")
                        .onErrorResume(e -> {
                            assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.BAD_REQUEST);
                            assertThat(((WeirException) e).sent()).isEqualTo(WeirException.Sent.NO);
                            assertThat(e).hasMessageContaining(limit).hasMessageContaining("would be " + length / 1000);
                            return session.execute("show version").thenReturn("refused, and the session is good");
                        })))
                .expectNext("refused, and the session is good")
                .verifyComplete();
        client.close().block();
    }

    @Test
    void aRequestThatTheServerWouldHangUpOnIsNotSent() {
        try (IotdbServer server = IotdbServer.start(
                IotdbServerOptions.defaults().withHeapMegabytes(512).withMaxFrameBytes(SERVER_LIMIT))) {
            refused(
                    IotdbClient.create(server.url()),
                    SERVER_LIMIT,
                    "16777216 are what this server takes (dn_thrift_max_frame_size");
        }
    }

    @Test
    void ourOwnLimitComesFirstIfItIsTheLower() {
        refused(
                IotdbClient.create(SharedIotdb.url() + "?maxRequestSize=64KiB"),
                200_000,
                "65536 are what the option maxRequestSize allows");
    }
}
