package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.test.TestKit;
import io.weir.testkit.Patience;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.commons.support.AnnotationSupport;
import org.springframework.jdbc.core.JdbcOperations;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/**
 * The SPI's own TestKit, for drivers to inherit. It needs no JDBC driver: tables are prepared through the driver under test.
 * Tests that cannot apply are overridden with {@link NotApplicable}, and exactly those must be listed in
 * {@link #notApplicable()}: one more fails.
 *
 * @param <T> how placeholders are bound: Integer for positions, String for names
 */
@ExtendWith({Applicability.class, ComplianceReport.class})
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
public abstract class SpiTestKit<T> implements TestKit<T>, Reported {

    /** The names of the TestKit's tests that cannot apply to this store. */
    protected abstract Set<String> notApplicable();

    @Override
    public String block() {
        return "testkit";
    }

    @Override
    public JdbcOperations getJdbcOperations() {
        return JdbcThroughR2dbc.over(getConnectionFactory(), this::getPlaceholder);
    }

    @BeforeAll
    void checkWhatDoesNotApply() {
        // The TestKit waits without limit; a driver that hangs shall fail instead.
        StepVerifier.setDefaultTimeout(Patience.limit());
        Set<String> all = Arrays.stream(TestKit.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(all).as("the tests of the TestKit").hasSize(34);
        assertThat(all.stream().filter(test -> !runs(test)))
                .as("the tests of the TestKit that are not run")
                .containsExactlyInAnyOrderElementsOf(notApplicable());
    }

    @AfterAll
    void resetPatience() {
        StepVerifier.resetDefaultTimeout();
    }

    /** What an aborted run left behind must not fail this one. */
    @Override
    @BeforeEach
    public void createTable() {
        for (TestStatement table : new TestStatement[] {
            TestStatement.DROP_TABLE,
            TestStatement.DROP_TABLE_TWO_COLUMNS,
            TestStatement.DROP_BLOB_TABLE,
            TestStatement.DROP_CLOB_TABLE
        }) {
            Spi.await(Flux.usingWhen(
                    getConnectionFactory().create(),
                    connection -> Flux.from(
                                    connection.createStatement(expand(table)).execute())
                            .concatMap(Result::getRowsUpdated)
                            .onErrorResume(absent -> Mono.empty()),
                    Connection::close));
        }
        TestKit.super.createTable();
    }

    /** Whether a test of the TestKit is still one in this class, and not switched off, whatever way was taken. */
    private boolean runs(String test) {
        return Arrays.stream(getClass().getMethods())
                .filter(method ->
                        method.getName().equals(test) && method.getParameterCount() == 0 && !method.isBridge())
                .anyMatch(method -> AnnotationSupport.isAnnotated(method, Test.class)
                        && !AnnotationSupport.isAnnotated(method, NotApplicable.class)
                        && !AnnotationSupport.isAnnotated(method, Disabled.class));
    }
}
