package io.weir.testkit.compliance;

import java.nio.file.Path;

/** A test class whose results, test by test, are a section of a page in the docs. See {@link ComplianceReport}. */
public interface Reported {

    /** The store as its users call it: the page's title. */
    String product();

    /** Heading of the section; each class that writes to one page has one of its own. */
    String section();

    /** The page, from the root of the project, such as {@code docs/compliance-iotdb.md}. */
    String page();

    /** Where {@link #page()} lies. Default: below the system property {@code weir.root}, which the build sets. */
    default Path pagePath() {
        return Path.of(System.getProperty("weir.root", "."), page());
    }

    /** Whether the page is rewritten rather than compared. Default: {@code -Dweir.docs.update=true}. */
    default boolean rewritesPage() {
        return Boolean.getBoolean("weir.docs.update");
    }
}
