@NullMarked
package io.weir.checks.planted.cycle.core;

import org.jspecify.annotations.NullMarked;
