/**
 * Micro-benchmarks of rows and conversions, to find out why; claims are made by whole paths only. Run {@code Main}.
 */
@NullMarked
package io.weir.benchmarks.page;

import org.jspecify.annotations.NullMarked;
