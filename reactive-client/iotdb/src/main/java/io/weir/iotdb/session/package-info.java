/** One logged-in connection as a state machine: login, statements, cursors and their fetches, cancel, close. */
@NullMarked
package io.weir.iotdb.session;

import org.jspecify.annotations.NullMarked;
