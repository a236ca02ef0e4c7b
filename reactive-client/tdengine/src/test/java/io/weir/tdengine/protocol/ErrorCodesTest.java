package io.weir.tdengine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorCodesTest {

    @ParameterizedTest
    @CsvSource({
        "000b, CLOSED",
        "0018, CLOSED",
        "0019, TIMEOUT",
        "0022, OVERLOAD",
        "0118, BAD_REQUEST",
        "0216, BAD_REQUEST",
        "021b, CONSTRAINT",
        "022d, TIMEOUT",
        "0351, AUTH",
        "0357, AUTH",
        "0353, PERMISSION",
        "0388, BAD_REQUEST",
        "060b, CONSTRAINT",
        "2600, BAD_REQUEST",
        "2603, BAD_REQUEST",
        "3001, BAD_REQUEST",
        "ffff, SERVER",
        "fffe, OVERLOAD",
        "fffd, BAD_REQUEST",
        "0707, SERVER"
    })
    void codesMeanWhatTheTableSays(String code, ErrorKind kind) {
        assertThat(ErrorCodes.kindOf(Integer.parseInt(code, 16))).isEqualTo(kind);
    }

    @Test
    void theWholeNegativeCodeMeansTheSameAsItsLowHalf() {
        assertThat(ErrorCodes.kindOf(-2147473920)).isEqualTo(ErrorKind.BAD_REQUEST);
        assertThat(ErrorCodes.error(-2147473920, "syntax error near \"x\"").code())
                .isEqualTo(0x2600);
    }

    @Test
    void theLimiterIsWorthAnotherTryAndARejectionIsNot() {
        assertThat(ErrorCodes.error(ErrorCodes.LIMITED, "[0xfffe] request wait queue is full"))
                .hasMessageContaining("try again later")
                .hasMessageContaining("0xfffe");
        assertThat(ErrorCodes.error(ErrorCodes.REJECTED, "[0xfffd] sql rejected"))
                .hasMessageContaining("trying again changes nothing");
    }
}
