/** WebSocket frames of the server's side, with permessage-deflate as the adapter does it. */
@NullMarked
package io.weir.server.tdengine.ws;

import org.jspecify.annotations.NullMarked;
