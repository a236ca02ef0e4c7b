package io.weir.r2dbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcTransientException;
import io.weir.core.ErrorKind;
import io.weir.core.WeirException;
import io.weir.core.WeirException.Sent;
import io.weir.testkit.docs.GeneratedBlock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The exceptions of the SPI, one class per kind of error. */
class ErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "CONNECT,R2dbcTransientResourceException,08001",
        "AUTH,R2dbcPermissionDeniedException,28000",
        "PERMISSION,R2dbcPermissionDeniedException,42501",
        "TIMEOUT,R2dbcTimeoutException,HYT00",
        "BAD_REQUEST,R2dbcBadGrammarException,42000",
        "CONSTRAINT,R2dbcDataIntegrityViolationException,23000",
        "CONFLICT,R2dbcRollbackException,40001",
        "OVERLOAD,R2dbcTransientResourceException,53000",
        "PROTOCOL,R2dbcNonTransientResourceException,08P01",
        "CLOSED,R2dbcNonTransientResourceException,08006",
        "UNSUPPORTED,R2dbcNonTransientException,0A000",
        "SERVER,R2dbcNonTransientResourceException,HY000"
    })
    void eachKindHasItsClassAndItsState(ErrorKind kind, String type, String state) {
        R2dbcException error = Errors.of(WeirException.of(kind, "text").build(), "SELECT 1");

        assertThat(error.getClass().getSuperclass().getSimpleName()).isEqualTo(type);
        assertThat(error.getSqlState()).isEqualTo(state);
    }

    @ParameterizedTest
    @EnumSource(ErrorKind.class)
    void allDetailsTravelAlongAndTheStatementIsNotInTheText(ErrorKind kind) {
        WeirException client = WeirException.of(kind, "what is wrong")
                .endpoint("db:1")
                .connection("c7")
                .code(42)
                .sqlState("99999")
                .sent(Sent.ANSWERED)
                .build();

        R2dbcException error = Errors.of(client, "SELECT 'secret'");

        assertThat(error).hasMessage("what is wrong").hasCause(client);
        assertThat(error.getErrorCode()).isEqualTo(42);
        assertThat(error.getSqlState()).isEqualTo("99999");
        assertThat(error.getSql()).isEqualTo("SELECT 'secret'");
        assertThat(error.toString()).doesNotContain("secret");
        assertThat(error).isInstanceOfSatisfying(WeirR2dbcException.class, weir -> {
            assertThat(weir.kind()).isEqualTo(kind);
            assertThat(weir.endpoint()).isEqualTo("db:1");
            assertThat(weir.connectionId()).isEqualTo("c7");
            assertThat(weir.sent()).isEqualTo(Sent.ANSWERED);
            assertThat(weir.error()).isSameAs(client);
        });
    }

    @Test
    void aDuplicateKeyThatTheStoreNamesIsRecognizedByItsState() {
        WeirException duplicate = WeirException.of(ErrorKind.CONSTRAINT, "exists")
                .sqlState("23505")
                .build();

        assertThat(Errors.of(duplicate, null).getSqlState()).isEqualTo("23505");
    }

    @Test
    void whatIsNoErrorOfOursStaysAsItIs() {
        IllegalStateException bug = new IllegalStateException("bug");

        assertThat(Errors.translate(bug, "SELECT 1")).isSameAs(bug);
    }

    @Test
    void theTableInTheDocumentationIsCurrent() {
        String rows = Stream.of(ErrorKind.values())
                .map(kind -> {
                    R2dbcException error = Errors.of(WeirException.of(kind, "").build(), null);
                    return "| `" + kind + "` | `"
                            + error.getClass().getSuperclass().getSimpleName() + "` | `"
                            + error.getSqlState() + "` | " + (error instanceof R2dbcTransientException ? "yes" : "no")
                            + " |";
                })
                .collect(Collectors.joining("\n"));

        GeneratedBlock.of("docs/errors.md", "errors", ErrorsTest.class)
                .shouldBe("| Kind | R2DBC class | SQLSTATE | May work when repeated |\n| --- | --- | --- | --- |\n"
                        + rows);
    }
}
