package io.weir.testkit.compliance;

/** A test class whose results, test by test, are a generated block of a page in the docs. See {@link ComplianceReport}. */
public interface Reported {

    /** The page, from the root of the project, such as {@code docs/compliance-iotdb.md}. */
    String page();

    /** The name of the generated block; each class that writes to one page has one of its own. */
    String block();

    /** How reasons why a test does not apply call the store. */
    default String store() {
        return "the store";
    }

    /**
     * Whether the page is about what the tests ran against. If not, as with a server that somebody else has named, the
     * results are printed and the page stays as it is. Default: yes.
     */
    default boolean isPublished() {
        return true;
    }
}
