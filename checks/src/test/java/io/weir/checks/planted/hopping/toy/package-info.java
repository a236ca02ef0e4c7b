@NullMarked
package io.weir.checks.planted.hopping.toy;

import org.jspecify.annotations.NullMarked;
