@NullMarked
package io.weir.checks.planted.upward.core;

import org.jspecify.annotations.NullMarked;
