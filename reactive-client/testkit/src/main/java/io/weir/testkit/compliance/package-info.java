/** What every R2DBC driver has to pass, seen through {@code io.r2dbc.spi} alone; and the page that tells what it passed. */
@NullMarked
package io.weir.testkit.compliance;

import org.jspecify.annotations.NullMarked;
