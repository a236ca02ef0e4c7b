/** TDengine's stand-in: ours against taos-jdbcdriver. */
@NullMarked
package io.weir.benchmarks.tdengine;

import org.jspecify.annotations.NullMarked;
