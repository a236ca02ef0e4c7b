package io.weir.tdengine.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.tdengine.protocol.RestAnswer;
import java.time.ZoneOffset;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The adapter's refusals, as it was heard to say them. */
class RestReaderTest {

    private static WeirException refused(int status, int code, String text) {
        return Objects.requireNonNull(new RestReader(new RestAnswer("SELECT 1", ZoneOffset.UTC))
                .refused(status, "{\"code\":" + code + ",\"desc\":\"" + text + "\",\"timing\":71000}"));
    }

    @Test
    void aRejectedStatementIsWhatItIsOverTheWebSocket() {
        WeirException error = refused(403, 65535, "sql rejected");
        assertThat(error.kind()).isEqualTo(ErrorKind.BAD_REQUEST);
        assertThat(error.code()).isEqualTo(0xfffd);
        assertThat(error).hasMessageContaining("trying again changes nothing");
    }

    @Test
    void anAddressThatMayNotConnectIsNoRejectedStatement() {
        assertThat(refused(403, 65535, "whitelist prohibits current IP access").kind())
                .isEqualTo(ErrorKind.PERMISSION);
    }

    @Test
    void whatHasNoRoomNowMayHaveItLater() {
        assertThat(refused(503, 65535, "get connection timeout").kind()).isEqualTo(ErrorKind.OVERLOAD);
        assertThat(refused(503, 65535, "exceeded connection pool max wait").kind())
                .isEqualTo(ErrorKind.OVERLOAD);
        assertThat(refused(503, 65535, "[0xfffe] request wait timeout, please try again later")
                        .kind())
                .isEqualTo(ErrorKind.OVERLOAD);
    }

    @Test
    void aLoginIsRefusedByTheStatusOrByTheCode() {
        assertThat(refused(401, 4357, "no auth info input").kind()).isEqualTo(ErrorKind.AUTH);
        assertThat(refused(200, 855, "Authentication failure").kind()).isEqualTo(ErrorKind.AUTH);
    }
}
