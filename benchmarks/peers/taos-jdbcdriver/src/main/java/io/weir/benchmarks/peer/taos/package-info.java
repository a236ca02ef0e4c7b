/** The vendor's JDBC driver, used as its documentation says is fast. */
@NullMarked
package io.weir.benchmarks.peer.taos;

import org.jspecify.annotations.NullMarked;
