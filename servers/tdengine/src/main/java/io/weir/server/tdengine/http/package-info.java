/** HTTP/1.1 as far as the adapter's clients need it, on blocking sockets. */
@NullMarked
package io.weir.server.tdengine.http;

import org.jspecify.annotations.NullMarked;
