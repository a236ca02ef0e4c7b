package io.weir.iotdb.protocol;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Brings the next rows of a query.
 *
 * @param timeoutMillis as in {@link ExecuteStatement}
 */
public record FetchResults(long sessionId, long statementId, long queryId, int fetchSize, long timeoutMillis)
        implements Request<FetchResults.Fetched> {

    /**
     * A reply with rows.
     *
     * @param hasRows false from a server that has no such query any more
     * @param blocks views of the frame that share its life
     * @param moreData whether another fetch is worth while
     */
    public record Fetched(Status status, boolean hasRows, List<ByteBuf> blocks, boolean moreData) {}

    @Override
    public String method() {
        return "fetchResultsV2";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        // Required by the server, and not looked at.
        out.string(2, "");
        out.i32(3, fetchSize);
        out.i64(4, queryId);
        out.bool(5, true);
        out.i64(6, timeoutMillis);
        out.i64(7, statementId);
        out.endStruct();
    }

    @Override
    public Fetched readValue(ThriftInput in) {
        in.expect(ThriftType.STRUCT);
        Status status = Status.MISSING;
        boolean hasRows = false;
        List<ByteBuf> blocks = List.of();
        boolean moreData = false;
        in.beginStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> status = Status.read(in);
                case 2 -> hasRows = in.boolField();
                case 6 -> blocks = Executed.readBlocks(in);
                case 7 -> moreData = in.boolField();
                default -> in.skip();
            }
        }
        return new Fetched(status, hasRows, blocks, moreData);
    }
}
