package io.weir.iotdb.protocol;

/** Asks for a sign of life; needs no login and costs the server next to nothing. */
public record TestConnection() implements Request<Status> {

    @Override
    public String method() {
        return "testConnectionEmptyRPC";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        // Takes none.
    }

    @Override
    public Status readValue(ThriftInput in) {
        return Status.read(in);
    }
}
