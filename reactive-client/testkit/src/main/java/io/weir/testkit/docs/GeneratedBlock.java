package io.weir.testkit.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A part of a page that is generated, between two markers:
 *
 * <pre>{@code
 * <!-- generated: options -->
 * …
 * <!-- end: options -->
 * }</pre>
 *
 * <p>A test fails when the page is not current, and writes it anew when it is run with
 * {@code -Dweir.docs.update=true}.
 */
public final class GeneratedBlock {

    /** The system property that lets tests write instead of compare. */
    public static final String UPDATE = "weir.docs.update";

    private final Path page;
    private final String name;
    private final Class<?> test;

    private GeneratedBlock(Path page, String name, Class<?> test) {
        this.page = page;
        this.name = name;
        this.test = test;
    }

    /**
     * A block.
     *
     * @param page the file; relative to the root of the project
     * @param name stands in the markers
     * @param test who generates it, so that an error can name what to run
     */
    public static GeneratedBlock of(String page, String name, Class<?> test) {
        return new GeneratedBlock(Path.of(System.getProperty("weir.root", ".")).resolve(page), name, test);
    }

    /**
     * Holds the block against what it should be, or writes it.
     *
     * @throws AssertionError if they differ, or if the page has no such block
     */
    public void shouldBe(String generated) {
        try {
            String text = Files.readString(page);
            String current = withBlock(text, generated);
            if (text.equals(current)) {
                return;
            }
            if (!Boolean.getBoolean(UPDATE)) {
                throw new AssertionError(page + " is not current in its block '" + name + "': run\n  mvn test -Dtest="
                        + test.getSimpleName() + " -Dsurefire.failIfNoSpecifiedTests=false -D" + UPDATE
                        + "=true\nThe block should be\n" + generated);
            }
            Files.writeString(page, current);
        } catch (IOException e) {
            throw new UncheckedIOException(page + " can not be read or written", e);
        }
    }

    private String withBlock(String text, String generated) {
        String begin = "<!-- generated: " + name + " -->\n";
        String end = "<!-- end: " + name + " -->";
        int from = text.indexOf(begin);
        int to = text.indexOf(end, Math.max(from, 0));
        if (from < 0 || to < 0) {
            throw new AssertionError(page + " has no block '" + name + "': put a line " + begin.strip() + " and a line "
                    + end + " where it should be");
        }
        return text.substring(0, from) + begin + generated.strip() + "\n" + text.substring(to);
    }
}
