package io.weir.testkit.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedBlockTest {

    private static final String PAGE = """
            # Title

            <!-- generated: a -->
            old
            <!-- end: a -->
            prose
            <!-- generated: b -->
            <!-- end: b -->
            """;

    @TempDir
    Path folder;

    private final String before = System.getProperty(GeneratedBlock.UPDATE);
    private Path page;

    @BeforeEach
    void write() throws IOException {
        System.clearProperty(GeneratedBlock.UPDATE);
        page = Files.writeString(folder.resolve("page.md"), PAGE);
    }

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(GeneratedBlock.UPDATE);
        } else {
            System.setProperty(GeneratedBlock.UPDATE, before);
        }
    }

    private GeneratedBlock block(String name) {
        return GeneratedBlock.of(page.toString(), name, GeneratedBlockTest.class);
    }

    @Test
    void aCurrentPagePassesAndStaysAsItIs() {
        block("a").shouldBe("old\n");

        assertThat(page).hasContent(PAGE);
    }

    @Test
    void anotherTextFailsAndNamesWhatToRun() {
        assertThatThrownBy(() -> block("a").shouldBe("new"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(page.toString())
                .hasMessageContaining(
                        "-Dtest=GeneratedBlockTest -Dsurefire.failIfNoSpecifiedTests=false -Dweir.docs.update=true")
                .hasMessageEndingWith("new");
        assertThat(page).hasContent(PAGE);
    }

    @Test
    void writesOnlyItsBlockWhenAskedTo() throws IOException {
        System.setProperty(GeneratedBlock.UPDATE, "true");
        block("a").shouldBe("new\nlines\n");
        block("b").shouldBe("more");

        assertThat(Files.readString(page)).isEqualTo("""
                        # Title

                        <!-- generated: a -->
                        new
                        lines
                        <!-- end: a -->
                        prose
                        <!-- generated: b -->
                        more
                        <!-- end: b -->
                        """);
        System.clearProperty(GeneratedBlock.UPDATE);
        block("a").shouldBe("new\nlines");
        block("b").shouldBe("more");
    }

    @Test
    void aPageWithoutTheBlockFailsEvenWhenAskedToWrite() {
        System.setProperty(GeneratedBlock.UPDATE, "true");

        assertThatThrownBy(() -> block("c").shouldBe("x"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("<!-- generated: c -->")
                .hasMessageContaining("<!-- end: c -->");
    }
}
