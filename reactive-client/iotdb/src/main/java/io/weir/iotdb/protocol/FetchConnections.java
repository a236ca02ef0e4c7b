package io.weir.iotdb.protocol;

import io.weir.iotdb.type.ConnectionInfo;
import java.util.ArrayList;
import java.util.List;

/** Asks who is connected. */
public record FetchConnections() implements Request<List<ConnectionInfo>> {

    /** The interface that a connection came in by, in the order of its numbers on the wire. */
    private static final List<String> INTERFACES = List.of("THRIFT", "MQTT", "INTERNAL", "REST");

    @Override
    public String method() {
        return "fetchAllConnectionsInfo";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        // Takes none.
    }

    @Override
    public List<ConnectionInfo> readValue(ThriftInput in) {
        in.expect(ThriftType.STRUCT);
        List<ConnectionInfo> connections = new ArrayList<>();
        in.beginStruct();
        while (in.nextField()) {
            if (in.fieldId() == 1) {
                in.expect(ThriftType.LIST);
                int size = in.beginList(ThriftType.STRUCT);
                for (int i = 0; i < size; i++) {
                    connections.add(readOne(in));
                }
            } else {
                in.skip();
            }
        }
        return connections;
    }

    private static ConnectionInfo readOne(ThriftInput in) {
        String user = "";
        long since = 0;
        String id = "";
        int type = 0;
        in.beginStruct();
        while (in.nextField()) {
            switch (in.fieldId()) {
                case 1 -> user = in.stringField();
                case 2 -> since = in.i64Field();
                case 3 -> id = in.stringField();
                case 4 -> type = in.i32Field();
                default -> in.skip();
            }
        }
        String way = type >= 0 && type < INTERFACES.size() ? INTERFACES.get(type) : String.valueOf(type);
        return new ConnectionInfo(user, since, id, way);
    }
}
