package io.weir.tdengine.protocol;

import io.weir.core.Column;
import io.weir.core.Columns;
import io.weir.core.TimePrecision;
import io.weir.core.page.PageShape;
import io.weir.tdengine.type.TdengineType;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** What all blocks of one result have in common. Made once per result from the answer to its query. */
public final class ResultLayout {

    private final PageShape shape;
    private final TdengineType[] types;

    private ResultLayout(PageShape shape, TdengineType[] types) {
        this.shape = shape;
        this.types = types;
    }

    /**
     * Describes a result.
     *
     * @param fields its columns
     * @param precision what its times count
     * @param zone in which moments are shown
     */
    public static ResultLayout of(List<ResultField> fields, TimePrecision precision, ZoneId zone) {
        List<Column> columns = new ArrayList<>(fields.size());
        for (ResultField field : fields) {
            columns.add(new Column(field.name(), field.type().kind(), field.describe()));
        }
        return new ResultLayout(
                PageShape.of(Columns.of(columns), precision.unit(), zone),
                fields.stream().map(ResultField::type).toArray(TdengineType[]::new));
    }

    public Columns columns() {
        return shape.columns();
    }

    PageShape shape() {
        return shape;
    }

    int size() {
        return types.length;
    }

    TdengineType type(int column) {
        return types[column];
    }
}
