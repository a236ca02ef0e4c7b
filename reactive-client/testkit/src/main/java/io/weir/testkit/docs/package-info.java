/** Pages of the docs that are held against the code. */
@NullMarked
package io.weir.testkit.docs;

import org.jspecify.annotations.NullMarked;
