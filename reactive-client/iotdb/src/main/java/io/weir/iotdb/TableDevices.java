package io.weir.iotdb;

import io.weir.iotdb.Nodes.Node;
import io.weir.iotdb.TabletWriter.Task;
import io.weir.iotdb.protocol.Status;
import io.weir.iotdb.session.WireSession;
import io.weir.iotdb.type.ColumnCategory;
import io.weir.iotdb.type.TabletContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The devices in a tablet of a table: rows with the same tags are of one device, and each device has its node. */
final class TableDevices {

    private TableDevices() {}

    /** The rows of a tablet by the nodes that are known for their devices. */
    static Map<Optional<Node>, Task> parts(Task task, Function<String, Optional<Node>> nodes) {
        TabletContent content = task.content();
        Map<Optional<Node>, BitSet> places = new LinkedHashMap<>();
        for (int place = task.from(); place < content.rows(); place++) {
            places.computeIfAbsent(nodes.apply(name(content, place)), node -> new BitSet())
                    .set(place);
        }
        if (places.size() == 1) {
            return Map.of(places.keySet().iterator().next(), task);
        }
        Map<Optional<Node>, Task> parts = new LinkedHashMap<>();
        places.forEach((node, some) ->
                parts.put(node, new Task(content.part(some.stream().toArray()), task.number(), 0)));
        return parts;
    }

    /** A server that has another node for some device answers with a status for each row. */
    static void told(WireSession session, TabletContent content, int first, int rows, Status status) {
        // A session that has entered another database has other tables.
        if (status.subStatus().size() != rows || !session.isFit()) {
            return;
        }
        Map<String, Status> named = new HashMap<>();
        for (int i = 0; i < rows; i++) {
            Status row = status.subStatus().get(i);
            if (row.redirect() != null) {
                named.putIfAbsent(name(content, first + i), row);
            }
        }
        named.forEach(session.writes()::told);
    }

    /** Of no device of the tree model, which have no such character in them. */
    private static String name(TabletContent content, int place) {
        StringBuilder name = new StringBuilder(content.target());
        for (int column = 0; column < content.columns(); column++) {
            if (content.category(column) == ColumnCategory.TAG) {
                // Behind its length, so that two tags can not look like others.
                ByteBuffer value = ByteBuffer.allocate((int) content.bytesLength(column, place, place + 1));
                content.copyBytes(column, place, place + 1, value);
                name.append('\0')
                        .append(content.columnName(column))
                        .append('\0')
                        .append(new String(value.array(), StandardCharsets.ISO_8859_1));
            }
        }
        return name.toString();
    }
}
