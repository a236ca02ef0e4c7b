@NullMarked
package io.weir.checks.planted.foreign.core;

import org.jspecify.annotations.NullMarked;
