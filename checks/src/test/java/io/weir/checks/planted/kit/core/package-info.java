@NullMarked
package io.weir.checks.planted.kit.core;

import org.jspecify.annotations.NullMarked;
