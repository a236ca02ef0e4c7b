/** Just enough JSON for the adapter's text frames and REST answers. */
@NullMarked
package io.weir.server.tdengine.json;

import org.jspecify.annotations.NullMarked;
