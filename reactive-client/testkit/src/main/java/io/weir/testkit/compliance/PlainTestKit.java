package io.weir.testkit.compliance;

import java.util.Set;

/**
 * The TestKit for stores without transactions, generated keys and several statements in one text, whose placeholders are
 * question marks. Six tests need transactions; each store says under its own {@link #store name} what it lacks.
 */
public abstract class PlainTestKit extends SpiTestKit<Integer> {

    private static final String NO_TRANSACTIONS = "%s has no transactions";

    @Override
    public String getPlaceholder(int index) {
        return "?";
    }

    @Override
    public Integer getIdentifier(int index) {
        return index;
    }

    @Override
    protected final Set<String> notApplicable() {
        return Set.of(
                "transactionCommit",
                "transactionRollback",
                "changeAutoCommitCommitsTransaction",
                "sameAutoCommitLeavesTransactionUnchanged",
                "savePoint",
                "savePointStartsTransaction",
                "returnGeneratedValues",
                "compoundStatement");
    }

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public final void transactionCommit() {}

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public final void transactionRollback() {}

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public final void changeAutoCommitCommitsTransaction() {}

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public final void sameAutoCommitLeavesTransactionUnchanged() {}

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public final void savePoint() {}

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public final void savePointStartsTransaction() {}

    @Override
    @NotApplicable("%s makes no keys")
    public final void returnGeneratedValues() {}

    @Override
    @NotApplicable("%s takes one statement at a time")
    public final void compoundStatement() {}
}
