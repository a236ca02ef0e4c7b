package io.weir.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say is there. */
class DocumentsTest {

    static Stream<Path> pages() {
        return Project.files().stream()
                .filter(file -> file.toString().endsWith(".md"))
                .map(Project.root()::relativize);
    }

    static Stream<Path> featurePages() {
        return pages().filter(page -> page.getFileName().toString().matches("features-\\w+\\.md"));
    }

    @ParameterizedTest
    @MethodSource("featurePages")
    void everyFeatureNamesATestThatExists(Path page) {
        FeatureList features = FeatureList.parse(Project.read(Project.root().resolve(page)));

        assertThat(features.bullets()).isNotEmpty();
        assertThat(TestIndex.ofTheProject().complaintsAbout(features)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkIntoTheTreeLeadsSomewhere(Path page) {
        assertThat(Links.brokenIn(Project.root().resolve(page))).isEmpty();
    }

    @Test
    void aFeatureWithoutATestAndATestThatIsGoneAreFound() {
        FeatureList features = FeatureList.parse("""
                # Toy
                Text that promises nothing.
                - Rows stream: `RowsTest#stream`
                - Rows stop,
                  and start again: `RowsTest#stop`, `RowsTest#start`
                - Rows fly

                1. Not a bullet.
                """);

        assertThat(new TestIndex(Set.of("RowsTest#stream", "RowsTest#stop")).complaintsAbout(features))
                .containsExactly(
                        "line 4 names RowsTest#start, which does not exist", "line 6 names no test: - Rows fly");
    }

    @Test
    void theIndexKnowsInheritedAndNestedTestsAndNothingElse() {
        Set<String> names = TestIndex.ofTheProject().names();

        assertThat(names)
                .contains(
                        "DocumentsTest#theIndexKnowsInheritedAndNestedTestsAndNothingElse",
                        "DocumentsTest.Inheriting#promised",
                        "DocumentsTest#everyLinkIntoTheTreeLeadsSomewhere")
                .doesNotContain("DocumentsTest#pages");
    }

    abstract static class Inherited {
        @Test
        void promised() {
            assertThat(this).isNotNull();
        }
    }

    static class Inheriting extends Inherited {}

    @Test
    void aLinkToNowhereIsFound(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("there.md"), "# What is there: a *page*\n");
        Path page = Files.writeString(folder.resolve("page.md"), """
                # Title
                [good](there.md) [good](there.md#what-is-there-a-page) [good](#title) [good](https://example.org/x)
                [bad](gone.md) [bad](there.md#gone) [bad](#gone)
                ```
                [not](a-link.md)
                ```
                """);

        assertThat(Links.brokenIn(page)).isEqualTo(List.of("gone.md", "there.md#gone", "#gone"));
    }
}
