/** What both sides have to know of the benchmarks of IoTDB: the data, and the statements that read it. */
@NullMarked
package io.weir.benchmarks.worker.iotdb;

import org.jspecify.annotations.NullMarked;
