package io.weir.testkit.compliance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A page of sections, in the order of their headings, whoever writes first. */
final class ReportPage {

    private static final Pattern HEADING = Pattern.compile("(?m)^## ");

    private final String product;
    private final SortedMap<String, String> sections;

    private ReportPage(String product, Map<String, String> sections) {
        this.product = product;
        this.sections = new TreeMap<>(sections);
    }

    /** The page as it is; one that does not exist has no sections. */
    static ReportPage read(Path path, String product) throws IOException {
        SortedMap<String, String> sections = new TreeMap<>();
        if (Files.exists(path)) {
            String[] parts = HEADING.split(Files.readString(path), -1);
            for (int i = 1; i < parts.length; i++) {
                int end = parts[i].indexOf('\n');
                sections.put(parts[i].substring(0, end), parts[i].substring(end).strip() + "\n");
            }
        }
        return new ReportPage(product, sections);
    }

    @Nullable String section(String heading) {
        return sections.get(heading);
    }

    ReportPage with(String heading, String text) {
        ReportPage page = new ReportPage(product, sections);
        page.sections.put(heading, text);
        return page;
    }

    void write(Path path) throws IOException {
        StringBuilder text = new StringBuilder("# R2DBC compliance: " + product + "\n\n"
                + "Written by the tests, test by test; a test run fails when this page is not current.\n"
                + "To write it again, run them with `-Dweir.docs.update=true`.\n");
        sections.forEach((heading, section) ->
                text.append("\n## ").append(heading).append("\n\n").append(section));
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.writeString(path, text);
    }
}
