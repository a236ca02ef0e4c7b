/** Conversations with TDengine over a WebSocket: login, queries block by block, prepared statements, cancel. */
@NullMarked
package io.weir.tdengine.session;

import org.jspecify.annotations.NullMarked;
