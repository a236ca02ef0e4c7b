@NullMarked
package io.weir.checks.planted.http.http.websocket;

import org.jspecify.annotations.NullMarked;
