@NullMarked
package io.weir.checks.planted.systems.other;

import org.jspecify.annotations.NullMarked;
