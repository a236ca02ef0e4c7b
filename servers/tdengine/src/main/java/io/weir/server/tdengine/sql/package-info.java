/** A small SQL engine in memory: enough for the tests of clients, no model of a real TDengine. */
@NullMarked
package io.weir.server.tdengine.sql;

import org.jspecify.annotations.NullMarked;
