@NullMarked
package io.weir.checks.planted.systems.toy;

import org.jspecify.annotations.NullMarked;
