package io.weir.server.tdengine.sql;

import org.jspecify.annotations.Nullable;

/**
 * What consumers subscribe to.
 *
 * @param select columns and condition, null where whole tables are followed
 * @param table the table or super table, null where the whole database is followed
 */
public record Topic(
        String name,
        String database,
        @Nullable String table,
        @Nullable Select select,
        boolean withMeta,
        String sql) {}
