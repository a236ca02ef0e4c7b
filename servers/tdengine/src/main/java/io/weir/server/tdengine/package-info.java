/**
 * A stand-in for TDengine's adapter: the wire side as the real one was seen to behave, over a small SQL engine in memory.
 *
 * <p>Needs the JDK alone and shares no code with the clients that are tested against it.
 */
@NullMarked
package io.weir.server.tdengine;

import org.jspecify.annotations.NullMarked;
