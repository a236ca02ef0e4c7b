package io.weir.server.tdengine.sql;

import io.weir.server.tdengine.block.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that a client bound: one column of some rows, or one tag. */
public record BoundColumn(SqlType type, List<@Nullable Object> values) {}
