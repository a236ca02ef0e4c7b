@NullMarked
package io.weir.checks.planted.http.toy;

import org.jspecify.annotations.NullMarked;
