package io.weir.iotdb.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.core.ErrorKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusCodesTest {

    @ParameterizedTest
    @CsvSource({
        "201, BAD_REQUEST", // protocol version
        "205, BAD_REQUEST", // unknown dialect
        "300, UNSUPPORTED",
        "301, SERVER", // execution
        "303, BAD_REQUEST", // illegal parameter
        "304, CONFLICT", // the same task is running
        "305, SERVER", // internal
        "306, SERVER", // dispatch
        "401, BAD_REQUEST", // no database in use
        "500, BAD_REQUEST", // no such database
        "501, BAD_REQUEST", // database exists
        "502, OVERLOAD", // too many series
        "503, BAD_REQUEST", // series exists
        "507, BAD_REQUEST", // type does not fit
        "508, BAD_REQUEST", // no such path
        "517, SERVER", // a file of the server's own
        "526, OVERLOAD", // schema quota
        "550, BAD_REQUEST", // no such table
        "551, BAD_REQUEST", // table exists
        "552, BAD_REQUEST", // column exists
        "600, SERVER", // read only
        "606, OVERLOAD", // write rejected
        "607, BAD_REQUEST", // older than its time to live
        "611, OVERLOAD", // disk full
        "616, BAD_REQUEST", // no such column
        "700, BAD_REQUEST", // syntax
        "701, BAD_REQUEST", // meaning
        "703, BAD_REQUEST", // time zone
        "704, UNSUPPORTED",
        "709, OVERLOAD", // memory
        "712, TIMEOUT",
        "714, BAD_REQUEST", // no such query
        "715, SERVER", // killed
        "717, OVERLOAD", // too many queries
        "720, TIMEOUT",
        "750, BAD_REQUEST", // number out of range
        "751, BAD_REQUEST", // division by zero
        "800, SERVER",
        "801, AUTH", // wrong password
        "802, AUTH", // not logged in
        "803, PERMISSION",
        "804, AUTH", // no such user
        "805, BAD_REQUEST", // user exists
        "817, PERMISSION",
        "822, AUTH", // locked
        "900, SERVER",
        "1000, SERVER",
        "1110, OVERLOAD", // can not load now
        "1302, SERVER", // trigger
        "1700, OVERLOAD", // space quota
        "1702, BAD_REQUEST", // request too large
        "1707, OVERLOAD",
        "9999, SERVER", // not known
        "0, SERVER",
        "-1, SERVER"
    })
    void everyCodeHasItsKind(int code, ErrorKind kind) {
        assertThat(StatusCodes.kindOf(code)).isEqualTo(kind);
    }

    @Test
    void aRecommendationToAskAnotherNodeIsASuccess() {
        Status hint = new Status(400, "", List.of(), new Status.NodeAddress("h", 6667), false);
        assertThat(hint.isSuccess()).isTrue();
    }

    @Test
    void severalPartsSucceedOnlyTogether() {
        Status good = new Status(200, "", List.of(), null, false);
        Status bad = new Status(507, "wrong type", List.of(), null, false);
        assertThat(new Status(302, "", List.of(good, good), null, false).isSuccess())
                .isTrue();
        assertThat(new Status(302, "", List.of(), null, false).isSuccess()).isFalse();

        Status mixed = new Status(302, "some failed", List.of(good, bad), null, false);
        assertThat(mixed.isSuccess()).isFalse();
        assertThat(mixed.toError()).hasMessage("some failed; part 2: 507 wrong type (status 302)");
        assertThat(mixed.toError().code()).isEqualTo(302);
    }

    @Test
    void aRefusalWithoutWordsSaysSo() {
        assertThat(new Status(305, "", List.of(), null, false).toError())
                .hasMessage("The server refused, without a reason (status 305)");
    }
}
