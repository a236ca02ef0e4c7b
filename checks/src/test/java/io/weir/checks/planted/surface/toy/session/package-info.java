@NullMarked
package io.weir.checks.planted.surface.toy.session;

import org.jspecify.annotations.NullMarked;
