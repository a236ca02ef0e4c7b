/**
 * A plant of simulated machines on a real IoTDB: history is loaded, live readings are written and streamed back, and a
 * terminal shows all of it.
 *
 * <p>{@link io.weir.sample.telemetry.Store} is where the driver is used; it needs nothing but the R2DBC SPI. The rest
 * is the plant, the streams, and the view.
 */
@NullMarked
package io.weir.sample.telemetry;

import org.jspecify.annotations.NullMarked;
