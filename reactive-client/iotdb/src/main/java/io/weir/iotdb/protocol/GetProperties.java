package io.weir.iotdb.protocol;

import java.util.List;

/** Asks what the server is. */
public record GetProperties() implements Request<GetProperties.Properties> {

    /**
     * What the server is and what it bears. Numbers are 0 where a server does not tell.
     *
     * @param timeFunctions the functions over times that it says it knows
     * @param timePrecision {@code ms}, {@code us} or {@code ns}
     * @param maxClients how many connections it accepts
     * @param maxFrameBytes the largest request it reads
     */
    public record Properties(
            String version,
            List<String> timeFunctions,
            String timePrecision,
            int maxClients,
            int maxFrameBytes,
            boolean readOnly,
            String build) {}

    @Override
    public String method() {
        return "getProperties";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        // Takes none.
    }

    @Override
    public Properties readValue(ThriftInput in) {
        in.expect(ThriftType.STRUCT);
        String version = "";
        List<String> timeFunctions = List.of();
        String timePrecision = "";
        int maxClients = 0;
        int maxFrameBytes = 0;
        boolean readOnly = false;
        String build = "";
        in.beginStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> version = in.stringField();
                case 2 -> timeFunctions = in.stringsField();
                case 3 -> timePrecision = in.stringField();
                case 4 -> maxClients = in.i32Field();
                case 5 -> maxFrameBytes = in.i32Field();
                case 6 -> readOnly = in.boolField();
                case 7 -> build = in.stringField();
                default -> in.skip();
            }
        }
        return new Properties(version, timeFunctions, timePrecision, maxClients, maxFrameBytes, readOnly, build);
    }
}
