@NullMarked
package io.weir.checks.planted.kit.testkit;

import org.jspecify.annotations.NullMarked;
