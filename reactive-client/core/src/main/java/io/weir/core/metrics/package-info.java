/** Metrics of clients. Needs Micrometer, an optional dependency: nothing else in core does. */
@NullMarked
package io.weir.core.metrics;

import org.jspecify.annotations.NullMarked;
