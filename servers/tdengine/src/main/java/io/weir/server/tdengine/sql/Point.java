package io.weir.server.tdengine.sql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One schemaless row.
 *
 * @param measurement the super table
 * @param table the child's name, null for one made of the tags
 * @param time nanoseconds since 1970; null for now
 * @param values Long, BigInteger (unsigned), Double, Boolean or String
 */
public record Point(
        String measurement,
        @Nullable String table,
        Map<String, String> tags,
        Map<String, Object> values,
        @Nullable Long time) {}
