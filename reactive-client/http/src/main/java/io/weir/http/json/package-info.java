/** HTTP calls with JSON; answers of any size are read by demand. */
@NullMarked
package io.weir.http.json;

import org.jspecify.annotations.NullMarked;
