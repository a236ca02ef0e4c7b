package io.weir.iotdb.protocol;

import java.util.List;

/**
 * Asks for names that have to do with templates. The server refuses what else this call could ask: to count, and whether
 * a single name is there.
 *
 * @param template its name; empty for what is about all of them
 */
public record QueryTemplate(long sessionId, String template, Kind kind) implements Request<QueryTemplate.Answer> {

    /** Which names. */
    public enum Kind {
        /** The series of a template. */
        SERIES(3),
        /** All templates. */
        TEMPLATES(4),
        /** The paths that a template is set on. */
        SET_PATHS(5),
        /** The devices whose series are made from a template. */
        USING_PATHS(6);

        private final int code;

        Kind(int code) {
            this.code = code;
        }
    }

    /** The names, if the status says so. */
    public record Answer(Status status, List<String> names) {}

    @Override
    public String method() {
        return "querySchemaTemplate";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, template);
        out.i32(3, kind.code);
        // Required by the server, and not looked at.
        out.string(4, "");
        out.endStruct();
    }

    @Override
    public Answer readValue(ThriftInput in) {
        in.expect(ThriftType.STRUCT);
        Status status = Status.MISSING;
        List<String> names = List.of();
        in.beginStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> status = Status.read(in);
                case 5 -> names = in.stringsField();
                default -> in.skip();
            }
        }
        return new Answer(status, names);
    }
}
