package io.weir.iotdb.protocol;

/**
 * Has the server prepare a statement with {@code ?} in it. Servers since 2.0.8 or so know the call; older ones do not.
 *
 * @param name by which it is run, the client's choice; unique within the session
 */
public record PrepareStatement(long sessionId, String sql, String name) implements Request<PrepareStatement.Prepared> {

    /**
     * What was prepared, if the status says so.
     *
     * @param parameters how many values it takes
     */
    public record Prepared(Status status, int parameters) {}

    @Override
    public String method() {
        return "prepareStatement";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.string(2, sql);
        out.string(3, name);
        out.endStruct();
    }

    @Override
    public Prepared readValue(ThriftInput in) {
        in.expect(ThriftType.STRUCT);
        Status status = Status.MISSING;
        int parameters = 0;
        in.beginStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> status = Status.read(in);
                case 2 -> parameters = in.i32Field();
                default -> in.skip();
            }
        }
        return new Prepared(status, parameters);
    }

    @Override
    public boolean isConfidential() {
        return SecretSql.isSecret(sql);
    }

    /** The statement as it may be shown. */
    @Override
    public String toString() {
        return SecretSql.mask(sql);
    }
}
