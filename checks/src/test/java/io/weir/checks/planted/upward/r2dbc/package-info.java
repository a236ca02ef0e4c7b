@NullMarked
package io.weir.checks.planted.upward.r2dbc;

import org.jspecify.annotations.NullMarked;
