/** How the stand-in behaves: habits for all sockets, and hints in a statement for that statement alone. */
@NullMarked
package io.weir.server.tdengine.manner;

import org.jspecify.annotations.NullMarked;
