@NullMarked
package io.weir.checks.planted.attic.toy.attic;

import org.jspecify.annotations.NullMarked;
