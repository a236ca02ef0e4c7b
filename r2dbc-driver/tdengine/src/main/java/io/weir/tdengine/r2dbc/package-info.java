/** The R2DBC driver of TDengine: {@code r2dbc:tdengine://user:password@host:6041/database}. */
@NullMarked
package io.weir.tdengine.r2dbc;

import org.jspecify.annotations.NullMarked;
