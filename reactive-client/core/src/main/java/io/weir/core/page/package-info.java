/** Turns pages into rows by demand, and values of one type into another. */
@NullMarked
package io.weir.core.page;

import org.jspecify.annotations.NullMarked;
