/**
 * What every system shares and every user meets: options, errors, pages of rows, events.
 *
 * <p>Knows nothing of HTTP, JSON, SQL or R2DBC. The rooms below are {@code page} (rows out of pages, conversion) and
 * {@code wire} (sockets, exchanges, endpoints).
 */
@NullMarked
package io.weir.core;

import org.jspecify.annotations.NullMarked;
