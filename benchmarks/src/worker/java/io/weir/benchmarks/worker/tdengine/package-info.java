/** What is read and written in the benchmarks of TDengine, the same for both sides. */
@NullMarked
package io.weir.benchmarks.worker.tdengine;

import org.jspecify.annotations.NullMarked;
