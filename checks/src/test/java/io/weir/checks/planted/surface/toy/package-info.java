@NullMarked
package io.weir.checks.planted.surface.toy;

import org.jspecify.annotations.NullMarked;
