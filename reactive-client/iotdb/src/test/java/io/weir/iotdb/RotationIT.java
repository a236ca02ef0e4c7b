package io.weir.iotdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.Credentials;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.server.iotdb.SharedIotdb;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** A password that is changed while clients work with it. */
class RotationIT {

    private static final String OLD = "oldSecret1";
    private static final String NEW = "newSecret2";

    private final IotdbClient root = IotdbClient.create(SharedIotdb.url());
    private final AtomicReference<String> current = new AtomicReference<>(OLD);

    @BeforeEach
    void makeUser() {
        root.execute("create user rotating '" + OLD + "'").block();
    }

    @AfterEach
    void dropUser() {
        root.execute("drop user rotating").then(root.close()).block();
    }

    private IotdbClient client() {
        return IotdbClient.builder()
                .url("iotdb://" + SharedIotdb.host() + ":" + SharedIotdb.port())
                .option(
                        IotdbOptions.CREDENTIALS,
                        () -> Mono.fromSupplier(() -> new Credentials("rotating", current.get())))
                .build();
    }

    @Test
    void sessionsThatAreOpenGoOnAndNewOnesLogInWithWhatIsValidNow() {
        IotdbClient client = client();
        IotdbSession before = client.session().block();
        assertThat(before).isNotNull();

        root.execute("alter user rotating set password '" + NEW + "'").block();
        current.set(NEW);

        StepVerifier.create(before.execute("show version")).verifyComplete();
        StepVerifier.create(client.inSession(session -> session.execute("show version")))
                .verifyComplete();
        StepVerifier.create(before.ping()).expectNext(true).verifyComplete();
        client.close().block();
    }

    @Test
    void aPasswordThatIsNoLongerValidIsRefusedAndNotRepeated() {
        IotdbClient client = client();
        root.execute("alter user rotating set password '" + NEW + "'").block();

        StepVerifier.create(client.session()).verifyErrorSatisfies(e -> {
            assertThat(((WeirException) e).kind()).isEqualTo(ErrorKind.AUTH);
            assertThat(e).hasMessageContaining("'rotating'").hasMessageNotContaining(OLD);
        });
        assertThat(client.toString()).doesNotContain(OLD).doesNotContain(NEW);
        client.close().block();
    }
}
