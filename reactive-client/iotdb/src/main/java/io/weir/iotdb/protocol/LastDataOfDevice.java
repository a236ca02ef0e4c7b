package io.weir.iotdb.protocol;

import java.util.List;

/**
 * The newest values of one device's series, out of the server's cache where it has them there. The server answers with a
 * redirection even if it is the right one to ask.
 *
 * @param database that the device is in
 * @param sensors the last parts of the series' paths
 */
public record LastDataOfDevice(QueryHead head, String database, String device, List<String> sensors)
        implements Request<Executed> {

    @Override
    public String method() {
        return "executeFastLastDataQueryForOneDeviceV2";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        out.beginStruct(1);
        out.i64(1, head.sessionId());
        out.string(2, database);
        out.string(3, device);
        out.stringList(4, sensors);
        out.i32(5, head.fetchSize());
        out.i64(6, head.statementId());
        out.i64(9, head.timeoutMillis());
        out.endStruct();
    }

    @Override
    public Executed readValue(ThriftInput in) {
        return Executed.read(in);
    }
}
