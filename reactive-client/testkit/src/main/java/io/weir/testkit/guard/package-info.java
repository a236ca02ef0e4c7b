/** Watches over every test: buffers are counted, blocking calls are seen, threads must end. Registers itself. */
@NullMarked
package io.weir.testkit.guard;

import org.jspecify.annotations.NullMarked;
