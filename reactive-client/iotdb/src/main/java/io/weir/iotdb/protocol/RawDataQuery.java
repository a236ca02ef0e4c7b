package io.weir.iotdb.protocol;

import java.util.List;

/**
 * The values of series in a range of time.
 *
 * @param start the first moment, in the server's precision
 * @param end the first moment that is not wanted any more
 */
public record RawDataQuery(QueryHead head, List<String> paths, long start, long end) implements Request<Executed> {

    @Override
    public String method() {
        return "executeRawDataQueryV2";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, head.sessionId());
        out.stringList(2, paths);
        out.i32(3, head.fetchSize());
        out.i64(4, start);
        out.i64(5, end);
        out.i64(6, head.statementId());
        out.i64(9, head.timeoutMillis());
        out.endStruct();
    }

    @Override
    public Executed readValue(ThriftInput in) {
        return Executed.read(in);
    }
}
