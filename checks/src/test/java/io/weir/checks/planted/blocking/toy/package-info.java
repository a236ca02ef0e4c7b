@NullMarked
package io.weir.checks.planted.blocking.toy;

import org.jspecify.annotations.NullMarked;
