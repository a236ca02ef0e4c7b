/** Schemaless writing: lines and JSON that create tables and columns as they come. */
@NullMarked
package io.weir.server.tdengine.schemaless;

import org.jspecify.annotations.NullMarked;
