package io.weir.iotdb.protocol;

/** Deletes a template that is set nowhere. */
public record DropTemplate(long sessionId, String template) implements Command {

    @Override
    public String method() {
        return "dropSchemaTemplate";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, template);
        out.endStruct();
    }
}
