package io.weir.iotdb.protocol;

/** Runs one statement of any kind and brings the first rows, if it has some. */
public record ExecuteStatement(QueryHead head, String statement) implements Request<Executed> {

    @Override
    public String method() {
        return "executeStatementV2";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, head.sessionId());
        out.string(2, statement);
        out.i64(3, head.statementId());
        out.i32(4, head.fetchSize());
        out.i64(5, head.timeoutMillis());
        out.endStruct();
    }

    @Override
    public Executed readValue(ThriftInput in) {
        return Executed.read(in);
    }

    @Override
    public boolean isConfidential() {
        return SecretSql.isSecret(statement);
    }

    /** The statement as it may be shown. */
    @Override
    public String toString() {
        return SecretSql.mask(statement);
    }
}
