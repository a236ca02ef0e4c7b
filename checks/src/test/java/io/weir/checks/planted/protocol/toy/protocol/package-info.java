@NullMarked
package io.weir.checks.planted.protocol.toy.protocol;

import org.jspecify.annotations.NullMarked;
