@NullMarked
package io.weir.checks.planted.rooms.toy;

import org.jspecify.annotations.NullMarked;
