package io.weir.iotdb.protocol;

/** Takes a template from a path. The server refuses while series are made from it there. */
public record UnsetTemplate(long sessionId, String template, String path) implements Command {

    @Override
    public String method() {
        return "unsetSchemaTemplate";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, path);
        out.string(3, template);
        out.endStruct();
    }
}
