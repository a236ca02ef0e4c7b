/** Live sockets, the exchanges that travel on them, and the endpoints they lead to. */
@NullMarked
package io.weir.core.wire;

import org.jspecify.annotations.NullMarked;
