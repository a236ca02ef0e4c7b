package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.weir.testkit.Hex;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FrameExplainerTest {

    private static String explain(String hex) {
        return FrameExplainer.explain(Unpooled.wrappedBuffer(Hex.bytes(hex)));
    }

    @Test
    void aCallIsShownWithItsFieldsByName() {
        assertThat(explain(Vectors.of("table-all-null-column").call()))
                .contains("call executeStatementV2")
                .contains("statement: 'select time, empty from kinds where tag = 'x''")
                .contains("fetchSize: 1000");
    }

    @Test
    void aReplyIsShownWithItsBlocks() {
        assertThat(explain(Vectors.of("table-all-null-column").reply()))
                .contains("reply executeStatementV2")
                .contains("code: 200")
                .contains("[0]: 'time'")
                .contains("4 rows, time one of longs, values [longs, nulls]");
    }

    @Test
    void thePasswordIsNotShown() {
        assertThat(explain(Vectors.of("login-wrong-password").call()))
                .contains("username: 'root'")
                .contains("password: ***")
                .doesNotContain("wrong");
    }

    @Test
    void theCompactProtocolIsRecognised() {
        Vectors login = Vectors.of(ThriftFormat.COMPACT, "login-wrong-password");
        assertThat(explain(login.call() + login.reply()))
                .contains("call openSession", "compact protocol", "username: 'root'", "password: ***", "code: 801")
                .doesNotContain("'wrong'");
        assertThat(explain(login.call().substring(8)))
                .as("a message without its length")
                .contains("call openSession");
    }

    @Test
    void severalFramesAreShownOneAfterTheOther() {
        assertThat(explain(Vectors.of("ping").call() + Vectors.of("ping").reply()))
                .contains("call testConnectionEmptyRPC")
                .contains("reply testConnectionEmptyRPC");
    }

    @Test
    void anExceptionIsShown() {
        assertThat(explain(Vectors.of("unknown-method").reply()))
                .contains("exception makeCoffee")
                .contains("message: ")
                .contains("type: 1");
    }

    @Test
    void aFrameThatEndsEarlyIsShownAsFarAsItGoes() {
        String whole = Vectors.of("table-all-types").reply();
        assertThat(explain(whole.substring(0, 200)))
                .contains("of which 96 are here")
                .contains("reply executeStatementV2")
                .contains("…");
    }

    static List<Vectors> all() {
        return Vectors.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFieldOfARecordedFrameHasAName(Vectors vector) {
        assertThat(explain(vector.call() + vector.reply())).doesNotContain("unreadable");
        if (!vector.name().endsWith("unknown-method")) {
            assertThat(explain(vector.call() + vector.reply())).doesNotContain("field ");
        }
    }
}
