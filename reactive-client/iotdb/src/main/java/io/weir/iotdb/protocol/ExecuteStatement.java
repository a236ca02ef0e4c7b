package io.weir.iotdb.protocol;

/**
 * Runs one statement of any kind and brings the first rows, if it has some.
 *
 * @param fetchSize how many rows to send at once; the server rounds up to whole blocks
 * @param timeoutMillis how long the statement may live on the server, reading its rows included; 0 leaves it to the server
 */
public record ExecuteStatement(long sessionId, long statementId, String statement, int fetchSize, long timeoutMillis)
        implements Request<Executed> {

    @Override
    public String method() {
        return "executeStatementV2";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, statement);
        out.i64(3, statementId);
        out.i32(4, fetchSize);
        out.i64(5, timeoutMillis);
        out.endStruct();
    }

    @Override
    public Executed readValue(ThriftInput in) {
        return Executed.read(in);
    }

    @Override
    public String toString() {
        return "ExecuteStatement[statement=" + SecretSql.mask(statement) + ", fetchSize=" + fetchSize
                + ", timeoutMillis=" + timeoutMillis + "]";
    }
}
