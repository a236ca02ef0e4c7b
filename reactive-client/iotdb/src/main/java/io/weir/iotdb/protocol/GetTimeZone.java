package io.weir.iotdb.protocol;

/** Asks for the session's time zone. */
public record GetTimeZone(long sessionId) implements Request<GetTimeZone.Zone> {

    /**
     * The session's time zone.
     *
     * @param zone its name; empty if the server has none to tell
     */
    public record Zone(Status status, String zone) {}

    @Override
    public String method() {
        return "getTimeZone";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.i64(1, sessionId);
    }

    @Override
    public Zone readValue(ThriftInput in) {
        in.expect(ThriftType.STRUCT);
        Status status = Status.MISSING;
        String zone = "";
        in.beginStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> status = Status.read(in);
                case 2 -> zone = in.stringField();
                default -> in.skip();
            }
        }
        return new Zone(status, zone);
    }
}
