/** Apache IoTDB: ours against iotdb-session. */
@NullMarked
package io.weir.benchmarks.iotdb;

import org.jspecify.annotations.NullMarked;
