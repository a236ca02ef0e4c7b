package io.weir.testkit.compliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;

class ComplianceReportTest {

    private static final String EMPTY = "# Page\n\n<!-- generated: some -->\n<!-- end: some -->\n";
    private static final String UPDATE = "weir.docs.update";

    private static Path page;
    private static boolean fails;

    private final String before = System.getProperty(UPDATE);

    @BeforeEach
    void anEmptyPage(@TempDir Path folder) throws IOException {
        System.clearProperty(UPDATE);
        page = Files.writeString(folder.resolve("page.md"), EMPTY);
        fails = false;
    }

    @AfterEach
    void restore() {
        if (before != null) {
            System.setProperty(UPDATE, before);
        }
    }

    @Test
    void writesWhatWasRunAndThenFindsItCurrentInAnyOrder() throws IOException {
        System.setProperty(UPDATE, "true");
        assertThat(failuresOf(selectClass(Some.class))).isEmpty();
        System.clearProperty(UPDATE);
        assertThat(Files.readString(page)).isEqualTo("""
                        # Page

                        <!-- generated: some -->
                        4 tests: 3 passed, 1 not applicable.

                        | Rule | Test | Result |
                        | --- | --- | --- |
                        |  | `another` | passed |
                        | A1 | `zebra` | passed |
                        | B2 | `anApplicableOne` | passed |
                        | B2 | `inapplicable` | not applicable: there is a \\| in the reason |
                        <!-- end: some -->
                        """);
        for (int i = 0; i < 5; i++) {
            assertThat(failuresOf(selectClass(Some.class))).isEmpty();
        }
    }

    @Test
    void aPageThatIsNotCurrentFailsTheClass() {
        assertThat(failuresOf(selectClass(Some.class)))
                .singleElement()
                .asString()
                .contains("is not current in its block 'some'")
                .contains("4 tests: 3 passed");
    }

    @Test
    void aRunOfSomeTestsOnlyOrWithFailuresNeitherComparesNorWrites() throws IOException {
        System.setProperty(UPDATE, "true");
        assertThat(failuresOf(selectMethod(Some.class, "another"))).isEmpty();
        fails = true;
        assertThat(failuresOf(selectClass(Some.class)))
                .singleElement()
                .asString()
                .contains("planted");
        assertThat(Files.readString(page)).isEqualTo(EMPTY);
    }

    @Test
    void oneTestOfTheTestKitMoreThanIsListedFails() {
        assertThat(failuresOf(selectMethod(OneMore.class, "validate")))
                .singleElement()
                .asString()
                .contains("the tests of the TestKit that are not run")
                .contains("batch");
        assertThat(failuresOf(selectMethod(OneSilently.class, "validate")))
                .singleElement()
                .asString()
                .contains("the tests of the TestKit that are not run")
                .contains("batch");
    }

    private static List<String> failuresOf(DiscoverySelector selector) {
        return EngineTestKit.engine("junit-jupiter").selectors(selector).execute().allEvents().failed().stream()
                .map(PlantedMistakesTest::reason)
                .toList();
    }

    @ExtendWith({Applicability.class, ComplianceReport.class})
    @TestMethodOrder(MethodOrderer.Random.class)
    static class Some implements Reported {

        @Override
        public String page() {
            return page.toString();
        }

        @Override
        public String block() {
            return "some";
        }

        @Test
        @Proves("A1")
        void zebra() {}

        @Test
        void another() {
            assertThat(fails).as("planted").isFalse();
        }

        @Proves("B2")
        @NotApplicable("there is a | in the reason")
        void inapplicable() {
            throw new AssertionError("was run");
        }

        @Test
        @Proves("B2")
        void anApplicableOne() {}
    }

    /** Leaves out a test that is not on its list. */
    static class OneMore extends ToyTestKitTest {

        @Override
        @NotApplicable("no batches")
        public void batch() {}
    }

    /** Leaves out a test by forgetting to say that it is one. */
    static class OneSilently extends ToyTestKitTest {

        @Override
        public void batch() {}
    }
}
