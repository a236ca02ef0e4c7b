/**
 * A reactive client for TDengine. {@link io.weir.tdengine.TdengineClient} is where to begin.
 */
@NullMarked
package io.weir.tdengine;

import org.jspecify.annotations.NullMarked;
