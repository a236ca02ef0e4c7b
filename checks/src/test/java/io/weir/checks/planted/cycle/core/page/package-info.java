@NullMarked
package io.weir.checks.planted.cycle.core.page;

import org.jspecify.annotations.NullMarked;
