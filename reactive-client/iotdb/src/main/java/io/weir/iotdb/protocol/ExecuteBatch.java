package io.weir.iotdb.protocol;

import java.util.List;

/** Runs statements in order; what they select is lost. The status has a part for each if one of them was refused. */
public record ExecuteBatch(long sessionId, List<String> statements) implements Command {

    @Override
    public String method() {
        return "executeBatchStatement";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.stringList(2, statements);
        out.endStruct();
    }

    @Override
    public boolean isConfidential() {
        return statements.stream().anyMatch(SecretSql::isSecret);
    }

    /** The statements as they may be shown. */
    @Override
    public String toString() {
        return statements.stream().map(SecretSql::mask).toList().toString();
    }
}
