/**
 * A reactive client for Apache IoTDB: {@link io.weir.iotdb.IotdbClient} first.
 *
 * <p>Everything is lazy and nothing blocks. Signals come on the connection's event loop: whoever has to block or compute
 * for long moves on with {@code publishOn}.
 */
@NullMarked
package io.weir.iotdb;

import org.jspecify.annotations.NullMarked;
