@NullMarked
package io.weir.checks.planted.rooms.toy.protocol;

import org.jspecify.annotations.NullMarked;
