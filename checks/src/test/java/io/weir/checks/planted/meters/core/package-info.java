@NullMarked
package io.weir.checks.planted.meters.core;

import org.jspecify.annotations.NullMarked;
