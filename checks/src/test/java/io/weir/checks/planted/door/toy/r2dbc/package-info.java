@NullMarked
package io.weir.checks.planted.door.toy.r2dbc;

import org.jspecify.annotations.NullMarked;
