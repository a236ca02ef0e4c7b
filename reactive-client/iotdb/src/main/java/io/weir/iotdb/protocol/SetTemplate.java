package io.weir.iotdb.protocol;

/** Sets a template on a path: devices below it may have its series. */
public record SetTemplate(long sessionId, String template, String path) implements Command {

    @Override
    public String method() {
        return "setSchemaTemplate";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, template);
        out.string(3, path);
        out.endStruct();
    }
}
