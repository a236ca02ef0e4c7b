package io.weir.iotdb.protocol;

/**
 * One call of the server's RPC: its name, how its arguments are written, how the value of its reply is read.
 *
 * @param <T> what the server answers with
 */
public interface Request<T> {

    /** The method's name on the wire. */
    String method();

    /** Writes the fields of the struct of arguments. */
    void writeArguments(ThriftOutput out);

    /** Reads the reply's value, which is the current field of the input. */
    T readValue(ThriftInput in);

    /** Whether the bytes of this call and its answer must not be shown. */
    default boolean isConfidential() {
        return false;
    }

    /** The server's words without secrets of this request: its error texts may repeat what was sent. */
    default String withoutSecrets(String words) {
        return words;
    }
}
