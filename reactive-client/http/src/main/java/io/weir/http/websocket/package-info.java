/** Live WebSockets, and exchanges on them whose answers are matched by a key. */
@NullMarked
package io.weir.http.websocket;

import org.jspecify.annotations.NullMarked;
