package io.weir.iotdb.protocol;

import java.util.List;

/**
 * The newest value of each series.
 *
 * @param since older ones are left out
 */
public record LastDataQuery(QueryHead head, List<String> paths, long since) implements Request<Executed> {

    @Override
    public String method() {
        return "executeLastDataQueryV2";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, head.sessionId());
        out.stringList(2, paths);
        out.i32(3, head.fetchSize());
        out.i64(4, since);
        out.i64(5, head.statementId());
        out.i64(8, head.timeoutMillis());
        out.endStruct();
    }

    @Override
    public Executed readValue(ThriftInput in) {
        return Executed.read(in);
    }
}
