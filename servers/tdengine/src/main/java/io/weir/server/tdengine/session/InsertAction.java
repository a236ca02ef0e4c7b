package io.weir.server.tdengine.session;

import io.weir.server.tdengine.schemaless.Schemaless;
import io.weir.server.tdengine.sql.Point;
import io.weir.server.tdengine.sql.PointWriter;
import java.util.List;
import java.util.Map;

/** {@code insert}: schemaless writing. */
final class InsertAction {

    private static final int JSON = 3;

    private InsertAction() {}

    static void register(Map<String, Handler> actions, WsSession session, Adapter adapter) {
        actions.put("insert", request -> {
            Args args = request.args();
            int protocol = (int) args.number("protocol", 0);
            List<Point> points =
                    Schemaless.parse(protocol, args.text("data"), args.text("precision"), args.text("table_name_key"));
            adapter.counters().ran();
            int rows = PointWriter.write(session.connected(), points);
            request.send(request.ok().with("affected_rows", rows).with("total_rows", protocol == JSON ? 0 : rows));
        });
    }
}
