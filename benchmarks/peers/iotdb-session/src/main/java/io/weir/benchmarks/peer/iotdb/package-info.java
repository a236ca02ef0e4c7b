/** The vendor's Java client (iotdb-session), used in the ways that its documentation calls fast. */
@NullMarked
package io.weir.benchmarks.peer.iotdb;

import org.jspecify.annotations.NullMarked;
