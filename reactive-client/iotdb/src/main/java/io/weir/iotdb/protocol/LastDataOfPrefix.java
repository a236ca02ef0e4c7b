package io.weir.iotdb.protocol;

import java.util.List;

/**
 * The newest values of everything below a path. Servers after 2.0.5 have it.
 *
 * @param prefix the nodes of the path
 */
public record LastDataOfPrefix(QueryHead head, List<String> prefix) implements Request<Executed> {

    @Override
    public String method() {
        return "executeFastLastDataQueryForOnePrefixPath";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, head.sessionId());
        out.stringList(2, prefix);
        out.i32(3, head.fetchSize());
        out.i64(4, head.statementId());
        out.i64(7, head.timeoutMillis());
        out.endStruct();
    }

    @Override
    public Executed readValue(ThriftInput in) {
        return Executed.read(in);
    }
}
