/** The R2DBC driver of Apache IoTDB: {@code r2dbc:iotdb://user:password@host:6667/database}. */
@NullMarked
package io.weir.iotdb.r2dbc;

import org.jspecify.annotations.NullMarked;
