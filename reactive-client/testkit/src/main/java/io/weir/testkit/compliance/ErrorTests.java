package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcRollbackException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;
import io.weir.testkit.ClosedPort;
import io.weir.testkit.Cut;
import io.weir.testkit.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Refusals of the server: typed, told in words, and harmless for the connection. */
interface ErrorTests extends Suite {

    private Throwable refusal(Line line, String sql) {
        return Spi.failureOf(
                sql,
                () -> Flux.from(line.connection().createStatement(sql).execute())
                        .concatMap(result -> result.map((row, metadata) -> 1)));
    }

    @Test
    @Proves("Errors")
    default void badGrammarIsTypedAndToldInWords() {
        try (Line line = bench().direct()) {
            Throwable error = refusal(line, fixture().badGrammar());
            assertThat(error).isInstanceOf(R2dbcBadGrammarException.class);
            assertThat(error.getMessage()).isNotBlank();
            assertThat(((R2dbcException) error).getSqlState()).as("SQLSTATE").isNotBlank();
            line.assertGood("a statement could not be parsed");
        }
    }

    @Test
    @Proves("Errors")
    default void aTableThatIsNotThereIsBadGrammar() {
        try (Line line = bench().direct()) {
            assertThat(refusal(line, fixture().select("weir_suite_nowhere")))
                    .isInstanceOf(R2dbcBadGrammarException.class);
            line.assertGood("a table was not there");
        }
    }

    @Test
    @Proves("Errors")
    default void refusalsHaveTheirOwnClasses() {
        try (Line line = bench().direct()) {
            for (Fixture.Provocation provocation : fixture().provocations()) {
                assertThat(provoke(line, provocation)).as(provocation.what()).isInstanceOf(provocation.expected());
                line.assertGood(provocation.what());
            }
        }
    }

    private Throwable provoke(Line line, Fixture.Provocation provocation) {
        List<String> statements = provocation.statements();
        statements.subList(0, statements.size() - 1).forEach(line::run);
        return refusal(line, statements.get(statements.size() - 1));
    }

    @Test
    @Proves("Errors")
    @ThroughProxy
    @Needs(value = Capability.SHARED_SOCKETS, missing = true)
    default void everyClassOfExceptionIsProvokedOrExplained() {
        List<Throwable> errors = new ArrayList<>();
        try (Line line = bench().direct()) {
            errors.add(refusal(line, fixture().badGrammar()));
            fixture().provocations().forEach(provocation -> errors.add(provoke(line, provocation)));
        }
        try (Line line = bench().proxied()) {
            line.replies().hold();
            Spi.await(line.connection().setStatementTimeout(Duration.ofMillis(200)));
            errors.add(Spi.failureOf("a query without an answer", line::rows));
            line.link().pass();
            Spi.await(line.connection().setStatementTimeout(Duration.ZERO));
            line.link().cut(Cut.RST);
            errors.add(Spi.failureOf("a query on a lost connection", line::rows));
        }
        errors.add(unreachable());
        if (fixture().capabilities().contains(Capability.LOGIN)) {
            errors.add(Spi.failureOf(
                    "a wrong password",
                    () -> bench().factory(
                                    fixture().host(),
                                    fixture().port(),
                                    options ->
                                            options.option(ConnectionFactoryOptions.PASSWORD, "certainly-not-this-one"))
                            .create()));
        }
        Set<Class<?>> left = new HashSet<>(Set.of(
                R2dbcBadGrammarException.class,
                R2dbcDataIntegrityViolationException.class,
                R2dbcNonTransientResourceException.class,
                R2dbcPermissionDeniedException.class,
                R2dbcRollbackException.class,
                R2dbcTimeoutException.class,
                R2dbcTransientResourceException.class));
        left.removeIf(type -> errors.stream().anyMatch(type::isInstance));
        assertThat(left)
                .as("classes of exceptions that nothing provoked")
                .isEqualTo(fixture().unprovoked().keySet());
    }

    private Throwable unreachable() {
        return Spi.failureOf(
                "an unreachable server",
                () -> bench().factory("127.0.0.1", ClosedPort.number()).create());
    }

    @Test
    @Proves("Errors")
    @ThroughProxy
    default void everyRefusalOfALoginIsFollowedByAGoodOne() {
        try (FaultProxy proxy = bench().proxy()) {
            proxy.forNewLinks(link -> link.toClient().cutAt(0, Cut.RST));
            Spi.assertResourceError(Spi.failureOf(
                    "create()",
                    () -> bench().factory(proxy.host(), proxy.port()).create()));
            proxy.forNewLinks(link -> {});
            try (Line line = new Line(
                    bench(),
                    Spi.awaitOne(bench().factory(proxy.host(), proxy.port()).create()),
                    null)) {
                line.assertGood("an earlier connection was cut in the middle of its login");
            }
        }
    }
}
