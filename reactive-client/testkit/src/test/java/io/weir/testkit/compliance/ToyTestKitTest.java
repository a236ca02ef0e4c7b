package io.weir.testkit.compliance;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.weir.testkit.compliance.toy.ToyFault;
import io.weir.testkit.compliance.toy.ToyServer;
import java.util.Set;

/** The TestKit over the toy, which has no transactions. */
class ToyTestKitTest extends SpiTestKit<Integer> {

    private static final String NO_TRANSACTIONS = "the toy has no transactions";

    @Override
    public ConnectionFactory getConnectionFactory() {
        return ConnectionFactories.get(
                new ToyFixture(ToyFault.NONE).url(ToyServer.SHARED.host(), ToyServer.SHARED.port()));
    }

    @Override
    public String getPlaceholder(int index) {
        return "?";
    }

    @Override
    public Integer getIdentifier(int index) {
        return index;
    }

    @Override
    protected Set<String> notApplicable() {
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
    public String page() {
        return "reactive-client/testkit/src/test/resources/compliance-toy.md";
    }

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public void transactionCommit() {}

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public void transactionRollback() {}

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public void changeAutoCommitCommitsTransaction() {}

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public void sameAutoCommitLeavesTransactionUnchanged() {}

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public void savePoint() {}

    @Override
    @NotApplicable(NO_TRANSACTIONS)
    public void savePointStartsTransaction() {}

    @Override
    @NotApplicable("the toy makes no keys")
    public void returnGeneratedValues() {}

    @Override
    @NotApplicable("one statement per text")
    public void compoundStatement() {}
}
