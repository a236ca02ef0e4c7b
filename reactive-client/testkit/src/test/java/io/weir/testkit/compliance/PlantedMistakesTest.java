package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.weir.testkit.compliance.toy.ToyFault;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The suite bites: each mistake that the toy can make fails a test that names it. That all tests pass without a mistake shows {@link ToyComplianceTest}. */
class PlantedMistakesTest {

    private static ToyFault planted = ToyFault.NONE;
    private static final Set<ToyFault> TRIED = EnumSet.of(ToyFault.NONE);

    @AfterAll
    static void everyMistakeHasBeenTried() {
        assertThat(TRIED).containsExactlyInAnyOrder(ToyFault.values());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "LEAKS_STATE_AFTER_CANCEL, cancelAtEveryFrameBoundaryLeavesTheConnectionGood, cancelled after",
        "SECOND_CLOSE_FAILS, closingTwiceCompletesTwice, closed already",
        "VALIDATE_ERRORS, validationSaysFalseAfterClosing, closed",
        "RESULT_CONSUMABLE_TWICE, aResultIsConsumedOnce, consuming the same result again",
        "IGNORES_DEMAND, tenRowsOfAMillionLetNoMoreBytesThroughThanIsWritten, bytes for ten rows",
        "SLEEPS_THROUGH_LOSS, anIdleConnectionThatIsCutIsNoticedAndFailsWhoUsesIt, had not ended",
        "LEAKS_HALF_MADE_CONNECTIONS, cancelAtEveryFrameBoundaryLeavesTheConnectionGood, had not ended",
        "PRETENDS_TRANSACTIONS, transactionsAreRefused, was expected to fail",
        "KNOWS_ONE_EXCEPTION, badGrammarIsTypedAndToldInWords, R2dbcBadGrammarException",
        "IGNORES_TIMEOUT, aStatementWithoutAnAnswerTimesOut, Neither completed nor failed",
        "PRINTS_PASSWORD, thePasswordIsPrintedNowhere, s3cr3t",
        "EAGER_CREATE, nothingHappensBeforeSubscriptionAndEachSubscriberGetsAConnection, links after one subscription"
    })
    void aMistakeFailsTheTestThatNamesIt(ToyFault fault, String test, String says) {
        TRIED.add(fault);
        assertThat(failuresOf(test, fault))
                .as("with the mistake")
                .singleElement()
                .asString()
                .contains(says);
    }

    @Test
    void boundariesThatAreTooFewAreNoProof() {
        assertThat(run(FewBoundaries.class, "cancelAtEveryFrameBoundaryLeavesTheConnectionGood"))
                .singleElement()
                .asString()
                .contains("frame boundaries");
    }

    @Test
    void aClassOfExceptionsThatIsNeitherProvokedNorExplainedIsMissed() {
        assertThat(run(NothingProvoked.class, "everyClassOfExceptionIsProvokedOrExplained"))
                .singleElement()
                .asString()
                .contains("R2dbcRollbackException");
    }

    @Test
    void whatNeedsAProxyIsNotApplicableWhereNoneIsPossibleAndHasToSaySo() {
        List<String> reasons = EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(WithoutProxy.class, "localValidationNeedsNoNetwork"))
                .execute()
                .testEvents()
                .skipped()
                .map(skipped -> skipped.getRequiredPayload(String.class))
                .toList();
        assertThat(reasons).containsExactly("not applicable: nobody can");
        assertThat(run(WithoutProxy.class, "isNotMarked"))
                .singleElement()
                .asString()
                .contains("not marked as @ThroughProxy");
    }

    private static Set<String> failuresOf(String test, ToyFault fault) {
        planted = fault;
        try {
            return run(Mistaken.class, test);
        } finally {
            planted = ToyFault.NONE;
        }
    }

    private static Set<String> run(Class<?> suite, String test) {
        EngineExecutionResults results = EngineTestKit.engine("junit-jupiter")
                .selectors(selectMethod(suite, test))
                .execute();
        assertThat(results.testEvents().started().count()).as("tests that ran").isEqualTo(1);
        assertThat(results.containerEvents().failed().count())
                .as("set-up and tear-down")
                .isZero();
        return results.testEvents().failed().stream()
                .map(PlantedMistakesTest::reason)
                .collect(Collectors.toSet());
    }

    static String reason(Event failed) {
        return failed.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .map(Throwable::toString)
                .orElse("");
    }

    static class Mistaken extends DriverComplianceSuite {

        // For the test alone: its set-up has to succeed, however slow the machine is.
        @BeforeEach
        void loseLittleTimeWithWhatHangs() {
            System.setProperty("weir.test.patience", "5");
        }

        @AfterEach
        void restorePatience() {
            System.clearProperty("weir.test.patience");
        }

        @Override
        public Fixture fixture() {
            return new ToyFixture(planted);
        }

        @Override
        public String page() {
            return "never.md";
        }
    }

    /** Expects more than there is. */
    static class FewBoundaries extends Mistaken {

        @Override
        public Fixture fixture() {
            return new ToyFixture(ToyFault.NONE, 24, Set.of(), null);
        }
    }

    /** Provokes less than there is. */
    static class NothingProvoked extends Mistaken {

        @Override
        public Fixture fixture() {
            return new ToyFixture(ToyFault.NONE, 1, Set.of("a conflict"), null);
        }
    }

    /** Nothing can stand between driver and server, and a test tries. */
    static class WithoutProxy extends Mistaken {

        @Override
        public Fixture fixture() {
            return new ToyFixture(ToyFault.NONE, 1, Set.of(), "nobody can");
        }

        @Test
        void isNotMarked() {
            bench().proxy().close();
        }
    }
}
