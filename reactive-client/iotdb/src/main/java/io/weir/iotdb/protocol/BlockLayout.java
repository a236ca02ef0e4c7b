package io.weir.iotdb.protocol;

import io.weir.core.Column;
import io.weir.core.Columns;
import io.weir.core.Kind;
import io.weir.core.TimePrecision;
import io.weir.core.page.PageShape;
import io.weir.iotdb.type.IotdbType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the columns of a result lie in its blocks. Made once per result from the first reply, shared by its pages. */
public final class BlockLayout {

    /** Stands for the column of times that every block has beside its columns of values. */
    static final int TIME_COLUMN = -1;

    /** What the tree model's leading column is called. */
    private static final String TIME_NAME = "Time";

    private final PageShape shape;
    private final IotdbType[] types;
    private final int[] places;

    private BlockLayout(PageShape shape, IotdbType[] types, int[] places) {
        this.shape = shape;
        this.types = types;
        this.places = places;
    }

    /**
     * Reads the layout from the reply to a statement that has rows.
     *
     * @param zone in which moments are shown
     */
    public static BlockLayout of(Executed reply, TimePrecision precision, ZoneId zone) {
        List<String> names = reply.columns() == null ? List.of() : reply.columns();
        if (names.size() != reply.types().size()) {
            throw Malformed.error("The server names " + names.size() + " columns and "
                    + reply.types().size() + " types for them");
        }
        int lead = reply.ignoreTimestamp() ? 0 : 1;
        List<Column> columns = new ArrayList<>(names.size() + lead);
        IotdbType[] types = new IotdbType[names.size() + lead];
        int[] places = new int[names.size() + lead];
        if (lead == 1) {
            columns.add(new Column(TIME_NAME, Kind.TIMESTAMP, IotdbType.TIMESTAMP.name()));
            types[0] = IotdbType.TIMESTAMP;
            places[0] = TIME_COLUMN;
        }
        for (int i = 0; i < names.size(); i++) {
            IotdbType type = IotdbType.ofName(reply.types().get(i));
            if (type == null) {
                throw Malformed.error("The column '" + names.get(i) + "' is of type '"
                        + reply.types().get(i) + "', which this client does not know: leave it out of the SELECT");
            }
            columns.add(new Column(names.get(i), type.kind(), type.name()));
            types[i + lead] = type;
            places[i + lead] = place(reply.blockColumns(), i, names);
        }
        return new BlockLayout(PageShape.of(Columns.of(columns), precision.unit(), zone), types, places);
    }

    private static int place(@Nullable List<Integer> blockColumns, int index, List<String> names) {
        if (blockColumns == null) {
            return index;
        }
        if (index >= blockColumns.size() || blockColumns.get(index) < 0) {
            throw Malformed.error("The server does not say where the column '" + names.get(index) + "' is");
        }
        return blockColumns.get(index);
    }

    public Columns columns() {
        return shape.columns();
    }

    PageShape shape() {
        return shape;
    }

    int size() {
        return places.length;
    }

    IotdbType type(int column) {
        return types[column];
    }

    /** The column of values in the block, or {@link #TIME_COLUMN}. */
    int place(int column) {
        return places[column];
    }
}
