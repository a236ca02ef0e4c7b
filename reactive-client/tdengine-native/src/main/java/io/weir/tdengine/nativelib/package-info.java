/**
 * The native way to TDengine: sessions over the vendor's C library, found by {@code weir-tdengine} on the class path.
 */
@NullMarked
package io.weir.tdengine.nativelib;

import org.jspecify.annotations.NullMarked;
