@NullMarked
package io.weir.checks.planted.door.toy.session;

import org.jspecify.annotations.NullMarked;
