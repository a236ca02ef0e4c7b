/** REST: one statement per request, JSON answers. */
@NullMarked
package io.weir.server.tdengine.rest;

import org.jspecify.annotations.NullMarked;
