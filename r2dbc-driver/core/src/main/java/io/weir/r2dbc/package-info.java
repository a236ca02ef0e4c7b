/** Every rule of the R2DBC SPI, once, over a {@link io.weir.r2dbc.DriverSession} that each system supplies. */
@NullMarked
package io.weir.r2dbc;

import org.jspecify.annotations.NullMarked;
