package io.weir.r2dbc;

import static io.weir.r2dbc.Arguments.required;

import io.r2dbc.spi.ColumnMetadata;
import io.r2dbc.spi.Nullability;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.RowMetadata;
import io.r2dbc.spi.Type;
import io.weir.core.Column;
import io.weir.core.Columns;
import io.weir.core.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a result as the SPI wants them. Known with the first page: asks nobody. Good for ever. */
final class WeirRowMetadata implements RowMetadata {

    private final Columns columns;
    private final List<OfColumn> list;

    private WeirRowMetadata(Columns columns) {
        this.columns = columns;
        this.list = columns.asList().stream().map(OfColumn::new).toList();
    }

    /** Made once per result: the pages of one result share their columns. */
    static WeirRowMetadata of(Columns columns, @Nullable WeirRowMetadata known) {
        return known != null && known.columns == columns ? known : new WeirRowMetadata(columns);
    }

    @Override
    public ColumnMetadata getColumnMetadata(int index) {
        // For its error text.
        columns.get(index);
        return list.get(index);
    }

    @Override
    public ColumnMetadata getColumnMetadata(String name) {
        return list.get(columns.indexOf(required(name, "name")));
    }

    @Override
    public List<? extends ColumnMetadata> getColumnMetadatas() {
        return list;
    }

    @Override
    public boolean contains(String columnName) {
        return columns.contains(required(columnName, "columnName"));
    }

    @Override
    public String toString() {
        return columns.toString();
    }

    /** The type by which the SPI knows a kind. */
    static R2dbcType type(Kind kind) {
        return switch (kind) {
            case BOOLEAN -> R2dbcType.BOOLEAN;
            case INT8 -> R2dbcType.TINYINT;
            case INT16 -> R2dbcType.SMALLINT;
            case INT32 -> R2dbcType.INTEGER;
            case INT64 -> R2dbcType.BIGINT;
            case FLOAT -> R2dbcType.REAL;
            case DOUBLE -> R2dbcType.DOUBLE;
            case DECIMAL -> R2dbcType.DECIMAL;
            case TEXT -> R2dbcType.VARCHAR;
            case BINARY -> R2dbcType.VARBINARY;
            case DATE -> R2dbcType.DATE;
            case TIME -> R2dbcType.TIME;
            case DATETIME -> R2dbcType.TIMESTAMP;
            case TIMESTAMP -> R2dbcType.TIMESTAMP_WITH_TIME_ZONE;
        };
    }

    private record OfColumn(Column column) implements ColumnMetadata {

        @Override
        public Type getType() {
            return type(column.kind());
        }

        @Override
        public Class<?> getJavaType() {
            return column.kind().javaType();
        }

        @Override
        public String getName() {
            return column.name();
        }

        /** The store's own name of the type. */
        @Override
        public Object getNativeTypeMetadata() {
            return column.nativeType();
        }

        /** No store tells with its rows whether a column could be null. */
        @Override
        public Nullability getNullability() {
            return Nullability.UNKNOWN;
        }

        @Override
        public String toString() {
            return column.name() + " " + column.nativeType();
        }
    }
}
