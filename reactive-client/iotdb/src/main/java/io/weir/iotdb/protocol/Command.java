package io.weir.iotdb.protocol;

/** A call that the server answers with nothing but how it went. */
public interface Command extends Request<Status> {

    @Override
    default Status readValue(ThriftInput in) {
        return Status.read(in);
    }
}
