/**
 * TDengine in few lines: {@link io.weir.sample.tdengine.Connecting} in three ways, what there is to do in
 * {@link io.weir.sample.tdengine.QuickStarts}, and {@link io.weir.sample.tdengine.SetupCheck}, which tells of one's own
 * server what works.
 */
@NullMarked
package io.weir.sample.tdengine;

import org.jspecify.annotations.NullMarked;
