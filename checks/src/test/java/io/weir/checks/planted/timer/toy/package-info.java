@NullMarked
package io.weir.checks.planted.timer.toy;

import org.jspecify.annotations.NullMarked;
