/**
 * What runs inside a measured JVM, ours or the peer's, so that both are driven, counted and compared in the same way.
 *
 * <p>JDK only: this source is compiled into each peer by the peer's own POM, and nothing of ours may reach its class path.
 */
@NullMarked
package io.weir.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
