/** What the adapter does on /ws: one session per socket. */
@NullMarked
package io.weir.server.tdengine.session;

import org.jspecify.annotations.NullMarked;
