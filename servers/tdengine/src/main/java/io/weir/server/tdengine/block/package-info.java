/** Column types, and rows as the raw blocks that the server sends. */
@NullMarked
package io.weir.server.tdengine.block;

import org.jspecify.annotations.NullMarked;
