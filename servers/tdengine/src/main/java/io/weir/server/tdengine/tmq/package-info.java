/** Subscriptions on /rest/tmq: one consumer per socket. */
@NullMarked
package io.weir.server.tdengine.tmq;

import org.jspecify.annotations.NullMarked;
