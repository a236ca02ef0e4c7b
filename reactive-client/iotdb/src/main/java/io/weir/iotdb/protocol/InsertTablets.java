package io.weir.iotdb.protocol;

import io.weir.iotdb.type.TabletContent;
import java.util.List;

/** Writes tablets of several devices at once, all of them aligned or none. The server has no such call for tables. */
public final class InsertTablets implements Request<Status> {

    private final long sessionId;
    private final List<TabletBytes> tablets;

    public InsertTablets(long sessionId, List<TabletContent> contents) {
        this.sessionId = sessionId;
        this.tablets = contents.stream()
                .map(content -> new TabletBytes(content, 0, content.rows()))
                .toList();
    }

    @Override
    public String method() {
        return "insertTablets";
    }

    @Override
    public void writeArguments(ThriftOutput out) {
        int size = tablets.size();
        out.beginStruct(1);
        out.i64(1, sessionId);
        out.list(2, ThriftType.STRING, size);
        tablets.forEach(tablet -> out.text(tablet.content().target()));
        out.list(3, ThriftType.LIST, size);
        for (TabletBytes tablet : tablets) {
            out.list(ThriftType.STRING, tablet.content().columns());
            for (int i = 0; i < tablet.content().columns(); i++) {
                out.text(tablet.content().columnName(i));
            }
        }
        out.list(4, ThriftType.STRING, size);
        tablets.forEach(tablet -> tablet.writeValues(out.binary(Math.toIntExact(tablet.valuesLength()))));
        out.list(5, ThriftType.STRING, size);
        tablets.forEach(tablet -> tablet.writeTimes(out.binary(tablet.timesLength())));
        out.list(6, ThriftType.LIST, size);
        for (TabletBytes tablet : tablets) {
            out.list(ThriftType.I32, tablet.content().columns());
            for (int i = 0; i < tablet.content().columns(); i++) {
                out.i32(tablet.content().type(i).code());
            }
        }
        out.list(7, ThriftType.I32, size);
        tablets.forEach(tablet -> out.i32(tablet.rows()));
        out.bool(8, tablets.get(0).content().isAligned());
        out.endStruct();
    }

    @Override
    public Status readValue(ThriftInput in) {
        return Status.read(in);
    }

    @Override
    public String toString() {
        return "InsertTablets[" + tablets.size() + " tablets]";
    }
}
