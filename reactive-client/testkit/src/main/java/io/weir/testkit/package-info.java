/** What tests of all modules stand on: a server that plays a script, a proxy that breaks things, bytes made readable. */
@NullMarked
package io.weir.testkit;

import org.jspecify.annotations.NullMarked;
