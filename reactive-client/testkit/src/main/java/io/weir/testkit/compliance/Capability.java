package io.weir.testkit.compliance;

/** What a store can do or cannot; decides which tests of the suite apply to it. */
public enum Capability {
    /** Begin, commit and roll back. */
    TRANSACTIONS("transactions"),
    /** Savepoints inside of transactions. */
    SAVEPOINTS("savepoints"),
    /** Keys that the store makes and hands out. */
    GENERATED_VALUES("generated values"),
    /** Several columns of a result with the same label. */
    DUPLICATE_LABELS("equal column labels"),
    /** Statements that keep the server busy for some seconds: {@link Fixture#slow()}. */
    SLOW_STATEMENTS("slow statements"),
    /** Statements that change more than 2^31 rows: {@link Fixture#hugeUpdate}. */
    HUGE_UPDATES("updates of more than 2^31 rows"),
    /** Connections of one factory share sockets, and outlive the loss of one. */
    SHARED_SOCKETS("sockets that connections share"),
    /** Users with a password: a wrong one is refused. */
    LOGIN("logins"),
    /** TLS, which the server of the tests does not speak. */
    TLS("TLS");

    private final String words;

    Capability(String words) {
        this.words = words;
    }

    /** For sentences. */
    @Override
    public String toString() {
        return words;
    }
}
