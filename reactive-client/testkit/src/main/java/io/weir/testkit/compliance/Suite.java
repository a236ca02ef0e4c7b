package io.weir.testkit.compliance;

/** What the tests of the suite, which are grouped by topic, have in common. */
interface Suite {

    /** What the system supplies. */
    Fixture fixture();

    /** Connections and tables of the tests. */
    default Bench bench() {
        return new Bench(fixture());
    }
}
