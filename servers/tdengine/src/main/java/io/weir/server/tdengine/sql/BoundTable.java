package io.weir.server.tdengine.sql;

import java.util.List;

/**
 * What a client bound for one table.
 *
 * @param name empty where the statement names the table
 */
public record BoundTable(String name, List<BoundColumn> tags, List<BoundColumn> columns) {}
