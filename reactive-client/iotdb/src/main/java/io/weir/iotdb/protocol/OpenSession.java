package io.weir.iotdb.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Logs in.
 *
 * @param zone the session's time zone, such as {@code +01:00} or {@code Europe/Berlin}
 * @param configuration the dialect, the database and whatever else a server knows
 */
public record OpenSession(String zone, String user, String password, Map<String, String> configuration)
        implements Request<OpenSession.Opened> {

    /** What every 2.x server calls its protocol. */
    private static final int PROTOCOL_VERSION = 2;

    /** Without it the server takes the client for one of version 0.12. */
    private static final Map<String, String> CLIENT_VERSION = Map.of("version", "V_1_0");

    /**
     * A session, if the status says so.
     *
     * @param sessionId goes into every further request
     * @param configuration tells the precision of time stamps
     */
    public record Opened(Status status, long sessionId, Map<String, String> configuration) {}

    @Override
    public String method() {
        return "openSession";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        Map<String, String> entries = new LinkedHashMap<>(CLIENT_VERSION);
        entries.putAll(configuration);
        out.beginStruct(1);
        out.i32(1, PROTOCOL_VERSION);
        out.string(2, zone);
        out.string(3, user);
        out.string(4, password);
        out.stringMap(5, entries);
        out.endStruct();
    }

    @Override
    public boolean isConfidential() {
        return true;
    }

    @Override
    public Opened readValue(ThriftInput in) {
        in.expect(ThriftType.STRUCT);
        Status status = Status.MISSING;
        long sessionId = -1;
        Map<String, String> entries = new LinkedHashMap<>();
        in.beginStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> status = Status.read(in);
                case 3 -> sessionId = in.i64Field();
                case 4 -> {
                    in.expect(ThriftType.MAP);
                    int size = in.beginMap(ThriftType.STRING, ThriftType.STRING);
                    for (int i = 0; i < size; i++) {
                        entries.put(in.string(), in.string());
                    }
                }
                default -> in.skip();
            }
        }
        return new Opened(status, sessionId, entries);
    }

    @Override
    public String withoutSecrets(String words) {
        return password.isEmpty() ? words : words.replace(password, "***");
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "OpenSession[zone=" + zone + ", user=" + user + ", password=***, configuration=" + configuration + "]";
    }
}
