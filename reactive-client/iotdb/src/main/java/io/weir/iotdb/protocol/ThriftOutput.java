package io.weir.iotdb.protocol;

import java.util.List;
import java.util.Map;

/**
 * Writes one call. Fields are written whole (id and value together), because a denser format packs some values into the
 * field's header.
 */
public interface ThriftOutput {

    /** Begins a call and the struct of its arguments. */
    void beginCall(String method, int sequence);

    /** Ends the struct of arguments, and with it the call. */
    void endCall();

    void beginStruct(int id);

    void endStruct();

    void bool(int id, boolean value);

    void i32(int id, int value);

    void i64(int id, long value);

    void string(int id, String value);

    void stringList(int id, List<String> values);

    void stringMap(int id, Map<String, String> values);
}
